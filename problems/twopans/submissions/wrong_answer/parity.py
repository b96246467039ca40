# Whatever is even can be balanced, or so it hopes.
n = int(input())
print(sum(map(int, input().split())) % 2)
