# Halves where it could have thirds, and so weighs too often.
n, _ = map(int, input().split())
coins = list(range(1, n + 1))
while len(coins) > 1:
    k = len(coins) // 2
    left, right, rest = coins[:k], coins[k:2 * k], coins[2 * k:]
    print("weigh", k, *left, *right, flush=True)
    coins = {"left": left, "right": right, "even": rest}[input()]
print("coin", coins[0], flush=True)
