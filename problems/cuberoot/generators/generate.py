"""Writes data/: run it in the package's directory."""
import random
from decimal import Decimal, getcontext
from pathlib import Path

getcontext().prec = 60


def cube_root(text):
    """The root to 15 places, by Newton's method in 60 digits."""
    x = abs(Decimal(text))
    if x == 0:
        return "0.0"
    root = Decimal(float(x) ** (1 / 3))
    for _ in range(8):
        root -= (root**3 - x) / (3 * root**2)
    return f"{root.copy_sign(Decimal(text)):.15f}"


def write(name, numbers):
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text("\n".join([str(len(numbers)), *numbers]) + "\n")
    path.with_suffix(".ans").write_text("\n".join(map(cube_root, numbers)) + "\n")


random.seed(27)
write("sample/1", ["27", "-8", "2", "0"])
write("secret/01-cubes", [str(i**3) for i in range(-20, 21)])
write("secret/02-tiny", ["0.000001", "-0.000001", "0.000008", "0.5", "-0.125"])
write("secret/03-fractions", [f"{random.uniform(-1000, 1000):.6f}" for _ in range(200)])
write("secret/04-large", [str(random.randint(-(10**18), 10**18)) for _ in range(200)])
write("secret/05-ends", [str(10**18), str(-(10**18)), str(10**18 - 1), "1", "-1"])
write("secret/06-many", [f"{random.uniform(-1e9, 1e9):.3f}" for _ in range(1000)])
