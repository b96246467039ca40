# Tries every number up to the product as a common divisor.
n = int(input())
for y in range(1, n + 1):
    for x in range(1, n + 1):
        common = sum(1 for d in range(1, x * y + 1) if x % d == 0 and y % d == 0)
        print("X" if common == 1 else " ", end="")
    print()
