"""Writes data/: run it in the package's directory. The answer repeats the number, for who looks at it."""
from pathlib import Path


def write(name, number):
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{number}\n")
    path.with_suffix(".ans").write_text(f"{number}\n")


write("sample/1", 437)
for place, number in enumerate([1, 1000, 500, 501, 999, 2, 618, 382], 1):
    write(f"secret/{place:02}-{number}", number)
