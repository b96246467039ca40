# Tries every path.
import sys

sys.setrecursionlimit(100000)
h, w = map(int, input().split())
width = w + 2
grid = list("#" * width + "".join("#" + input() + "#" for _ in range(h)) + "#" * width)
best = None


def walk(at, steps):
    global best
    here = grid[at]
    if here == "E":
        best = steps if best is None else min(best, steps)
    elif here != "#":
        grid[at] = "#"
        for to in (at + 1, at - 1, at - width, at + width):
            walk(to, steps + 1)
        grid[at] = here


walk(grid.index("S"), 0)
print("unreachable" if best is None else best)
