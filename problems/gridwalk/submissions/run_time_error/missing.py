# Asks for the distance of a place it never reached.
h, w = map(int, input().split())
width = w + 2
grid = "#" * width + "".join("#" + input() + "#" for _ in range(h)) + "#" * width
distance = {grid.index("S"): 0}
queue = list(distance)
for at in queue:
    for to in (at - 1, at + 1, at - width, at + width):
        if grid[to] != "#" and to not in distance:
            distance[to] = distance[at] + 1
            queue.append(to)
print(distance[grid.index("E")])
