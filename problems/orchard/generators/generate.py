"""Writes data/: run it in the package's directory."""
from pathlib import Path


def drawing(n):
    """Hides the multiples of each prime in both directions: no divisor is ever computed."""
    rows = [bytearray(b"X" * n) for _ in range(n)]
    for p in range(2, n + 1):
        if all(p % d for d in range(2, p)):
            for y in range(p, n + 1, p):
                for x in range(p, n + 1, p):
                    rows[y - 1][x - 1] = ord(" ")
    return "".join(row.decode() + "\n" for row in rows)


def write(name, n):
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{n}\n")
    path.with_suffix(".ans").write_text(drawing(n))


write("sample/1", 6)
for number, n in enumerate([1, 2, 3, 10, 64, 211, 500, 800], 1):
    write(f"secret/{number:02d}", n)
