# Does not expect that a side can be even.
n, _ = map(int, input().split())
coins = list(range(1, n + 1))
while len(coins) > 1:
    k = (len(coins) + 1) // 3
    left, right = coins[:k], coins[k:2 * k]
    print("weigh", k, *left, *right, flush=True)
    coins = {"left": left, "right": right}[input()]
print("coin", coins[0], flush=True)
