# A row of sums for every weight: far more memory than there is.
n = int(input())
weights = list(map(int, input().split()))
total = sum(weights)
table = [bytearray(b"0" * (total + 1)) for _ in range(n + 1)]
reached = 1
for row, weight in zip(table, weights):
    reached |= reached << weight
    row[: reached.bit_length()] = bin(reached)[:1:-1].encode()
half = total // 2
while table[n - 1][half] != ord("1"):
    half -= 1
print(total - 2 * half)
