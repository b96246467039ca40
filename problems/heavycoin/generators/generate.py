"""Writes data/: run it in the package's directory. An input is the number of coins and the heavy one."""
from pathlib import Path


def write(name, n, heavy):
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{n} {heavy}\n")
    path.with_suffix(".ans").write_text(f"{heavy}\n")


write("sample/1", 5, 4)
cases = [(1, 1), (2, 1), (2, 2), (3, 3), (4, 1), (9, 5), (10, 10), (27, 14), (28, 28), (243, 1), (729, 729), (729, 365)]
for place, (n, heavy) in enumerate(cases, 1):
    write(f"secret/{place:02}-{n}", n, heavy)
