# Does not think of zero.
from math import isqrt

n = int(input())
for x in range(1, isqrt(n // 2) + 1):
    y = isqrt(n - x * x)
    if x * x + y * y == n:
        print(x, y)
        break
else:
    print("impossible")
