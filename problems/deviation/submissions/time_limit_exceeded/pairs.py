# Compares every measurement with every other: right, and far too slow.
import math
import sys

x = [float(word) for word in sys.stdin.read().split()[1:]]
squares = 0.0
for a in x:
    for b in x:
        squares += (a - b) * (a - b)
print(math.fsum(x) / len(x), math.sqrt(squares / 2) / len(x))
