# Begins with the divisor 0.
n = int(input())
print(sum(n % i == 0 for i in range(n + 1)))
