"""Accepts a tour of all towns, and gives the part of the points that its length is worth."""
import sys
from pathlib import Path

feedback = Path(sys.argv[3])


def reject(words):
    (feedback / "judgemessage.txt").write_text(words + "\n")
    (feedback / "teammessage.txt").write_text("This is no tour: " + words + "\n")
    sys.exit(43)


numbers = list(map(int, Path(sys.argv[1]).read_text().split()))
towns = list(zip(numbers[1::2], numbers[2::2]))
best = int(Path(sys.argv[2]).read_text())

words = sys.stdin.buffer.read().split()
tour = []
for word in words[: len(towns) + 1]:
    if not word.isdigit() or len(word) > 3 or not 1 <= int(word) <= len(towns):
        reject(f"{ascii(word[:20])[2:-1]} is not the number of a town")
    tour.append(int(word) - 1)
if len(words) != len(towns):
    reject(f"it names {len(words)} towns of {len(towns)}")
visited = set()
for town in tour:
    if town in visited:
        reject(f"town {town + 1} is visited twice")
    visited.add(town)

length = sum(
    abs(towns[a][0] - towns[b][0]) + abs(towns[a][1] - towns[b][1])
    for a, b in zip(tour, tour[1:] + tour[:1])
)
(feedback / "judgemessage.txt").write_text(f"a tour of {length}, the judges' has {best}\n")
(feedback / "teammessage.txt").write_text(f"Your tour has a length of {length}.\n")
(feedback / "score_multiplier.txt").write_text(f"{min(1, best / max(1, length)):.6f}\n")
sys.exit(42)
