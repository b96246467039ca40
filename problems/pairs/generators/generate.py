"""Writes data/: run it in the package's directory."""
import random
from pathlib import Path


def pairs(numbers, k):
    """Sorts and counts runs of equal numbers from both ends."""
    runs = []
    for number in sorted(numbers):
        if runs and runs[-1][0] == number:
            runs[-1][1] += 1
        else:
            runs.append([number, 1])
    low, high, total = 0, len(runs) - 1, 0
    while low < high:
        both = runs[low][0] + runs[high][0]
        if both == k:
            total += runs[low][1] * runs[high][1]
        low, high = (low + 1, high) if both < k else (low, high - 1)
    return total + sum(count * (count - 1) // 2 for number, count in runs if 2 * number == k)


def write(name, numbers, k):
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{len(numbers)} {k}\n{' '.join(map(str, numbers))}\n")
    path.with_suffix(".ans").write_text(f"{pairs(numbers, k)}\n")


def group(name, text):
    path = Path("data/secret") / name / "test_group.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


random.seed(30)
write("sample/1", [1, 5, 3, 3, 3], 6)
write("secret/1-few/1-two", [4, 5], 9)
write("secret/1-few/2-none", [9] * 200, 17)
write("secret/1-few/3-random", [random.randrange(1, 1000) for _ in range(200)], 1000)
write("secret/2-many/1-random", [random.randrange(1, 10) for _ in range(200_000)], 11)
write("secret/2-many/2-halves", [1] * 60_000 + [7] * 60_000 + [2] * 80_000, 8)
write("secret/3-equal/1-few", [2] * 100, 4)
write("secret/3-equal/2-many", [5] * 200_000, 10)
group("1-few", "max_score: 30\n")
group("2-many", "max_score: 50\nscore_aggregation: sum\nrequire_pass: secret/1-few\n")
group("3-equal", "max_score: 20\nscore_aggregation: min\n")
