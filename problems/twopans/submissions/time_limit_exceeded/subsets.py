# Tries every way to fill one pan.
from itertools import product

n = int(input())
weights = list(map(int, input().split()))
best = sum(weights)
for signs in product((1, -1), repeat=n):
    best = min(best, abs(sum(sign * weight for sign, weight in zip(signs, weights))))
print(best)
