# Guesses the middle, and goes on talking after it was told.
row = int(input())
print("!", (row + 1) // 2, flush=True)
for star in range(1, 100):
    print("?", star, flush=True)
