import sys


def total(n):
    return 0 if n == 0 else n + total(n - 1)


sys.setrecursionlimit(10**6)
print(total(int(input())))
