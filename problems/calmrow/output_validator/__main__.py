"""Accepts any allowed order: validator INPUT ANSWER FOLDER < OUTPUT."""
import sys
from pathlib import Path

from words import read_numbers

ACCEPTED, REJECTED = 42, 43


def judge(n, expected, output):
    """None for an order that is allowed, else what is wrong with it."""
    if output.split() == [b"none"]:
        return "says none, but there is an order" if expected != b"none" else None
    row = read_numbers(output, n)
    if row is None:
        return f"is not {n} numbers between 1 and {n}"
    if len(set(row)) != n:
        return "names a number twice"
    for place, (a, b) in enumerate(zip(row, row[1:]), 1):
        if abs(a - b) == 1:
            return f"{a} and {b} stand side by side at place {place}"
    if expected == b"none":
        sys.exit("found an order where the judge has none")
    return None


def main():
    test, answer, folder = sys.argv[1:4]
    n = int(Path(test).read_text())
    wrong = judge(n, Path(answer).read_bytes().strip(), sys.stdin.buffer.read())
    Path(folder, "judgemessage.txt").write_text((wrong or "an allowed order") + "\n")
    if wrong:
        Path(folder, "teammessage.txt").write_text("not an allowed order\n")
    sys.exit(REJECTED if wrong else ACCEPTED)


main()
