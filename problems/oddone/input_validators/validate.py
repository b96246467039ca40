"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys
from collections import Counter

lines = sys.stdin.read().split("\n")
legal = (
    lines[-1] == ""
    and re.fullmatch(r"[1-9][0-9]{0,6}", lines[0]) is not None
    and int(lines[0]) <= 1100000
    and len(lines) == int(lines[0]) + 2
    and all(re.fullmatch(r"[1-9][0-9]{8}", line) for line in lines[1:-1])
    and sum(count % 2 for count in Counter(lines[1:-1]).values()) == 1
)
sys.exit(42 if legal else 43)
