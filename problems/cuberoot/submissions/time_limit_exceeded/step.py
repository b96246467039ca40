# Walks up from zero in steps of the wanted precision.
import sys

for word in sys.stdin.read().split()[1:]:
    x = float(word)
    root = 0.0
    while root**3 < abs(x):
        root += 1e-9
    print(-root if x < 0 else root)
