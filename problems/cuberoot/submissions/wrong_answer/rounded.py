# Three places are not enough.
import sys

for word in sys.stdin.read().split()[1:]:
    x = float(word)
    root = abs(x) ** (1 / 3)
    print(f"{-root if x < 0 else root:.3f}")
