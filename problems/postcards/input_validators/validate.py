"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys

lines = sys.stdin.read().split("\n")
number = re.compile(r"0|[1-9][0-9]{0,11}")
legal = (
    lines[-1] == ""
    and all(number.fullmatch(line) for line in lines[:-1])
    and 1 <= int(lines[0]) <= 1000
    and len(lines) == int(lines[0]) + 2
)
sys.exit(42 if legal else 43)
