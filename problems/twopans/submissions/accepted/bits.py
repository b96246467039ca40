n = int(input())
weights = list(map(int, input().split()))
reached = 1
for weight in weights:
    reached |= reached << weight
half = sum(weights) // 2
lower = reached & ((2 << half) - 1)
print(sum(weights) - 2 * (lower.bit_length() - 1))
