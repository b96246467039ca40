"""Writes data/: run it in the package's directory."""
import random
from collections import Counter
from pathlib import Path


def winner(votes):
    vote, count = Counter(votes).most_common(1)[0]
    return vote if 2 * count > len(votes) else -1


def write(name, votes, shuffled=True):
    if shuffled:
        random.shuffle(votes)
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{len(votes)}\n{' '.join(map(str, votes))}\n")
    path.with_suffix(".ans").write_text(f"{winner(votes)}\n")


def group(name, text):
    path = Path("data") / name / "testdata.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


random.seed(51)
write("sample/1", [7, 7, 3])
write("sample/2", [7, 3], shuffled=False)
write("secret/1/1-alone", [0])
write("secret/1/2-half", [4] * 500 + [5] * 500)
write("secret/1/3-most", [4] * 501 + [5] * 499)
write("secret/1/4-large", [10**17] * 3 + [10**17 + 1] * 2)
write("secret/2/1-all", list(range(100_000)))
write("secret/2/2-most", [9] * 50_001 + list(range(10, 50_010)))
write("secret/2/3-half", [9] * 50_000 + list(range(10, 50_010)))
group("", "on_reject: continue\ngrader_flags: ignore_sample\nrange: 0 100\n")
group("sample", "accept_score: 0\n")
group("secret", "grader_flags: first_error accept_if_any_accepted\n")
group("secret/1", "on_reject: break\naccept_score: 40\nrange: 0 40\ngrader_flags: min\n")
group("secret/2", "on_reject: break\naccept_score: 60\nrange: 0 60\ngrader_flags: min\n")
