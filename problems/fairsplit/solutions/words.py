# The things by name, where numbers are asked for.
n = int(input())
print(n)
print(*["thing%d" % (i + 1) for i in range(n)])
