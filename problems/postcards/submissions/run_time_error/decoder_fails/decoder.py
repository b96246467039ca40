# Right in every round, but its exit code is not 0.
import sys

for _ in range(int(input())):
    cards = list(map(int, input().split()[1:]))
    print(sum(card % 128 * 128 ** (card // 128) for card in cards), flush=True)
sys.exit(3)
