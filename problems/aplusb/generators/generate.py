"""Writes data/: run it in the package's directory."""
from pathlib import Path

CASES = {
    "sample/1": (1, 2),
    "sample/2": (-5, 3),
    "secret/01-zero": (0, 0),
    "secret/02-small": (40, 2),
    "secret/03-cancel": (-123456789, 123456789),
    "secret/04-past-32-bits": (2147483647, 1),
    "secret/05-past-53-bits": (9007199254740993, 2),
    "secret/06-largest": (10**18, 10**18),
    "secret/07-smallest": (-(10**18), -(10**18)),
    "secret/08-mixed": (987654321987654321, -123456789123456789),
}

for name, (a, b) in CASES.items():
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{a} {b}\n")
    path.with_suffix(".ans").write_text(f"{a + b}\n")
