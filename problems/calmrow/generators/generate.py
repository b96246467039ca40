"""Writes the test data. The answers are one allowed order: even numbers from the middle outwards."""
from itertools import permutations
from pathlib import Path


def calm(row):
    return all(abs(a - b) != 1 for a, b in zip(row, row[1:]))


def order(n):
    if n < 8:
        return next((row for row in permutations(range(1, n + 1)) if calm(row)), None)
    half = n // 2
    row = [x for pair in zip(range(half + 1, n + 1), range(1, half + 1)) for x in pair]
    return row + [n] if n % 2 else row


def write(name, n):
    row = order(n)
    assert row is None or (calm(row) and sorted(row) == list(range(1, n + 1)))
    Path(f"data/{name}.in").write_text(f"{n}\n")
    Path(f"data/{name}.ans").write_text("none\n" if row is None else " ".join(map(str, row)) + "\n")


write("sample/1", 5)
write("sample/2", 3)
for place, n in enumerate([1, 2, 4, 6, 7, 8, 9, 100, 1001, 20000, 200000], 1):
    write(f"secret/{place:02}-{n}", n)
