n, k = map(int, input().split())
seen = [0] * 1001
total = 0
for number in map(int, input().split()):
    if number < k:
        total += seen[k - number]
    seen[number] += 1
print(total)
