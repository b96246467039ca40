# The right answer and a wrong exit code: the checker is not even asked.
from math import isqrt

n = int(input())
for x in range(isqrt(n // 2) + 1):
    y = isqrt(n - x * x)
    if x * x + y * y == n:
        print(x, y)
        raise SystemExit(42)
print("impossible")
raise SystemExit(42)
