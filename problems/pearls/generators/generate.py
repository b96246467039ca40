"""Writes data/: run it in the package's directory. An input is the number of shells and that of the pearl's."""
from pathlib import Path


def write(name, n, pearl):
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{n} {pearl}\n")
    path.with_suffix(".ans").write_text(f"{pearl}\n")


def group(name, points):
    path = Path("data/secret") / name / "test_group.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"max_score: {points}\nscore_aggregation: min\n")


write("sample/1", 10, 7)
group("1-small", 40)
for place, pearl in enumerate([1, 64, 100], 1):
    write(f"secret/1-small/{place}", 100, pearl)
group("2-large", 60)
for place, (n, pearl) in enumerate([(10**9, 1), (10**9, 10**9), (999_999_937, 314_159_265)], 1):
    write(f"secret/2-large/{place}", n, pearl)
