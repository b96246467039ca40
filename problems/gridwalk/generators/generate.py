"""Writes data/: run it in the package's directory."""
import random
from pathlib import Path


def steps(rows):
    """Distance from S to E, growing the set of reached cells one step at a time."""
    cells = {(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell != "#"}
    start = next((r, c) for r, c in cells if rows[r][c] == "S")
    goal = next((r, c) for r, c in cells if rows[r][c] == "E")
    edge, count = {start}, 0
    while edge:
        if goal in edge:
            return str(count)
        cells -= edge
        near = {(r + a, c + b) for r, c in edge for a, b in ((0, 1), (1, 0), (0, -1), (-1, 0))}
        edge, count = near & cells, count + 1
    return "unreachable"


def write(name, rows):
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join([f"{len(rows)} {len(rows[0])}", *rows]) + "\n"
    path.with_suffix(".in").write_text(text)
    path.with_suffix(".ans").write_text(steps(rows) + "\n")


def put(rows, marks):
    """`rows` with the characters of `marks` at their places."""
    grid = [list(row) for row in rows]
    for (r, c), mark in marks.items():
        grid[r][c] = mark
    return ["".join(row) for row in grid]


def scattered(h, w, share):
    rows = ["".join("#" if random.random() < share else "." for _ in range(w)) for _ in range(h)]
    start, goal = random.sample([(r, c) for r in range(h) for c in range(w)], 2)
    return put(rows, {start: "S", goal: "E"})


def snake(h, w):
    """One corridor through the whole grid, there and back again."""
    rows = []
    for r in range(h):
        gap = w - 1 if r % 4 == 1 else 0
        rows.append("." * w if r % 2 == 0 else "#" * gap + "." + "#" * (w - 1 - gap))
    last = h - 1 if h % 2 else h - 2
    return put(rows, {(0, 0): "S", (last, 0 if last % 4 else w - 1): "E"})


random.seed(200)
write("sample/1", ["S..", ".#.", "..E"])
write("sample/2", ["S#.", "##.", "..E"])
write("sample/3", ["S#E", ".#.", "..."])
secret = [
    ("corridor", ["S......E"]),
    ("neighbours", ["SE"]),
    ("column", ["S", ".", "#", "E"]),
    ("around", ["#####", "#S#E#", "#.#.#", "#...#", "#####"]),
    ("diagonal", ["S#..", ".#..", "..#.", "#..E"]),
    ("island", ["........", ".######.", ".#...E#.", ".######.", "S......."]),
    ("tiny-snake", snake(5, 7)),
    ("open-10", put(["." * 10] * 10, {(0, 0): "S", (9, 9): "E"})),
    ("open-200", put(["." * 200] * 200, {(0, 0): "S", (199, 199): "E"})),
    ("snake-50", snake(50, 50)),
    ("snake-199", snake(199, 200)),
    ("strip", put(["." * 200] * 2, {(0, 0): "S", (1, 199): "E"})),
]
secret += [(f"scattered-{n}", scattered(n, n, 0.25)) for n in (6, 12, 25, 50, 75, 100)]
secret += [(f"dense-{n}", scattered(n, n, 0.37)) for n in (20, 40, 80, 120)]
secret += [("wide", scattered(20, 200, 0.3)), ("tall", scattered(200, 20, 0.3))]
secret += [("largest", scattered(200, 200, 0.3)), ("sparse", scattered(200, 200, 0.05))]
for number, (name, rows) in enumerate(secret, 1):
    write(f"secret/{number:02d}-{name}", rows)
