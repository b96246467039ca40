# Leaves n itself out.
n = int(input())
print(sum(n % i == 0 for i in range(1, min(n, 1000))))
