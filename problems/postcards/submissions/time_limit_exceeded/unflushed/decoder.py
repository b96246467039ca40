import sys

for _ in range(int(sys.stdin.readline())):
    cards = list(map(int, sys.stdin.readline().split()[1:]))
    print(sum(card % 128 * 128 ** (card // 128) for card in cards))
