# Draws every orchard from the first to the largest possible: breaks the output limit.
n = int(input())
for size in range(1, 801):
    for y in range(size):
        print(" " * size)
