# Nothing is flushed: everybody waits for everybody.
import sys

for _ in range(int(sys.stdin.readline())):
    number = int(sys.stdin.readline())
    print(*(place * 128 + number // 128**place % 128 for place in range(6)))
