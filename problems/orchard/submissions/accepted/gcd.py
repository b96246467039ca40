from math import gcd

n = int(input())
for y in range(1, n + 1):
    print("".join("X" if gcd(x, y) == 1 else " " for x in range(1, n + 1)))
