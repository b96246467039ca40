h, w = map(int, input().split())
width = w + 2
grid = "#" * width + "".join("#" + input() + "#" for _ in range(h)) + "#" * width
goal = grid.index("E")
seen = [cell == "#" for cell in grid]
edge, steps = [grid.index("S")], 0
while edge and not seen[goal]:
    following = []
    for at in edge:
        for to in (at - 1, at + 1, at - width, at + width):
            if not seen[to]:
                seen[to] = True
                following.append(to)
    edge, steps = following, steps + 1
print(steps if seen[goal] else "unreachable")
