"""Grades one group: `points 40` over its tests, `total` over groups, `free` for samples.

Reads a line `VERDICT score` for each member and prints one for the group.
"""
import sys

members = [line.split() for line in sys.stdin]
failures = [verdict for verdict, _ in members if verdict != "AC"]
mode = sys.argv[1]
if mode == "points":
    most = int(sys.argv[2])
    right = len(members) - len(failures)
    points = most if not failures else most // 2 * right // len(members)
elif mode == "total":
    points = sum(float(score) for verdict, score in members if verdict == "AC")
elif mode == "free":
    points = 0
else:
    sys.exit(f"{mode} is no mode of this grader")
if mode == "free" or points > 0:
    print("AC", points)
else:
    print(failures[0] if failures else "AC", 0)
