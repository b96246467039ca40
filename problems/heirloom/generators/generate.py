"""Writes data/: run it in the package's directory. The answer is the lock's number, which no pass may know."""
from pathlib import Path


def write(name, number):
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text("1 0 10\n")
    path.with_suffix(".ans").write_text(f"{number}\n")


write("sample/1", 437)
for place, number in enumerate([1, 1000, 100, 101, 900, 901, 555], 1):
    write(f"secret/{place:02}-{number}", number)
