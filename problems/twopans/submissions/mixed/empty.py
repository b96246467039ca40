# Looks for an equal split and takes the first of none.
n = int(input())
weights = list(map(int, input().split()))
sums = {0}
for weight in weights:
    sums |= {one + weight for one in sums if one + weight <= sum(weights) // 2}
print([0 for one in sums if 2 * one == sum(weights)][0])
