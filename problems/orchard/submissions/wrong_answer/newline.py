# No newline after the last line.
from math import gcd

n = int(input())
trees = range(1, n + 1)
print("\n".join("".join("X" if gcd(x, y) == 1 else " " for x in trees) for y in trees), end="")
