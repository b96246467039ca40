# The sums that the first things reach are the bits of a number.
n = int(input())
weights = list(map(int, input().split()))
reached = [1]
for weight in weights:
    reached.append(reached[-1] | reached[-1] << weight)
half = sum(weights) // 2
half = (reached[n] & (2 << half) - 1).bit_length() - 1
taken = []
for i in range(n, 0, -1):
    if not reached[i - 1] >> half & 1:
        taken.append(i)
        half -= weights[i - 1]
print(len(taken))
print(*taken)
