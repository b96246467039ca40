import sys


def main():
    n, *numbers = map(int, sys.stdin.buffer.read().split())
    print(sum(numbers[:n]))


main()
