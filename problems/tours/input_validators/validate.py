"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys

lines = sys.stdin.read().split("\n")
number = "(0|[1-9][0-9]{0,3}|10000)"
legal = lines[-1] == "" and re.fullmatch("[1-9][0-9]{0,2}", lines[0]) is not None
legal = legal and 3 <= int(lines[0]) <= 200 and len(lines) == int(lines[0]) + 2
legal = legal and all(re.fullmatch(f"{number} {number}", line) for line in lines[1:-1])
sys.exit(42 if legal else 43)
