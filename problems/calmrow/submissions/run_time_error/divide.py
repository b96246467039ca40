# Divides by zero where the number of pupils is even.
n = int(input())
if n == 1:
    print(1)
elif n < 4:
    print("none")
else:
    print(*range(2, n + 1, 2), *range(1, n + 1, 2))
n // (n % 2)
