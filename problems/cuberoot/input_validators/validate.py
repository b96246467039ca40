"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys

lines = sys.stdin.read().split("\n")
number = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]{1,6})?")
legal = (
    lines[-1] == ""
    and re.fullmatch(r"[1-9][0-9]{0,3}", lines[0]) is not None
    and int(lines[0]) <= 1000
    and len(lines) == int(lines[0]) + 2
    and all(number.fullmatch(line) and abs(float(line)) <= 1e18 for line in lines[1:-1])
)
sys.exit(42 if legal else 43)
