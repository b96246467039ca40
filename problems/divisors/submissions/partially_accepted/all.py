# Too slow where n is large.
n = int(input())
print(sum(n % i == 0 for i in range(1, n + 1)))
