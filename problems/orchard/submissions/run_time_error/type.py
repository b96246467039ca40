# Adds a number to a string.
from math import gcd

n = int(input())
for y in range(1, n + 1):
    row = ""
    for x in range(1, n + 1):
        row += "X" if gcd(x, y) == 1 else 0
    print(row)
