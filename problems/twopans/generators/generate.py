"""Writes data/: run it in the package's directory."""
import random
from pathlib import Path


def difference(weights):
    """Goes over the set of all sums of one pan."""
    sums = {0}
    for weight in weights:
        sums |= {one + weight for one in sums}
    return min(abs(sum(weights) - 2 * one) for one in sums)


def write(name, weights):
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{len(weights)}\n{' '.join(map(str, weights))}\n")
    path.with_suffix(".ans").write_text(f"{difference(weights)}\n")


random.seed(64)
write("sample/1", [3, 1, 1, 2, 2, 1])
write("sample/2", [8, 7, 6, 5, 4])
write("sample/3", [10, 2, 3])
write("secret/01-one", [1_000_000])
write("secret/02-two", [499_999, 500_001])
write("secret/03-even", [2] * 99 + [1000])
write("secret/04-greedy", [5, 5, 4, 4, 3, 3, 3])
write("secret/05-multiples", [random.randrange(1, 40) * 700 + 1 for _ in range(40)])
write("secret/06-largest", [3333] * 299 + [3433])
write("secret/07-many", [random.randrange(2500, 4000) for _ in range(299)])
write("secret/08-heavy", [random.randrange(9000, 9900) * 10 for _ in range(10)] + [7])
