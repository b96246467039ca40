"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys

match = re.fullmatch(r"([1-9][0-9]{0,2})\n([1-9][0-9]{0,6}(?: [1-9][0-9]{0,6})*)\n", sys.stdin.read())
legal = match is not None
if legal:
    n, weights = int(match.group(1)), list(map(int, match.group(2).split(" ")))
    legal = n <= 300 and n == len(weights) and sum(weights) <= 1_000_000
sys.exit(42 if legal else 43)
