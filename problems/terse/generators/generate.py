"""Writes data/: run it in the package's directory."""
from pathlib import Path


def fibonacci(n):
    """By doubling the index, bit by bit."""
    a, b = 0, 1
    for bit in bin(n)[2:]:
        a, b = a * (2 * b - a), a * a + b * b
        if bit == "1":
            a, b = b, a + b
    return a


def write(name, n):
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{n}\n")
    path.with_suffix(".ans").write_text(f"{fibonacci(n)}\n")


def group(name, text):
    (Path("data") / name / "test_group.yaml").write_text(text)


write("sample/1", 7)
for name in ["1-right", "2-short", "3-no-digits"]:
    for index, n in enumerate([1, 2, 30, 80], 1):
        write(f"secret/{name}/{index}", n)
group("secret/1-right", "max_score: 40\n")
group(
    "secret/2-short",
    "max_score: 40\nscore_aggregation: sum\nstatic_validation_score: 20\n"
    'static_validator_args: [--short, "110"]\n',
)
group(
    "secret/3-no-digits",
    "max_score: 20\nstatic_validation_score: pass-fail\nstatic_validator_args: [--no-digits]\n",
)
