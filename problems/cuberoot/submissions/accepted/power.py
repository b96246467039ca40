import sys

for word in sys.stdin.read().split()[1:]:
    x = float(word)
    root = abs(x) ** (1 / 3)
    print(-root if x < 0 else root)
