"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys

match = re.fullmatch(r"([1-9][0-9]{0,5}) ([1-9][0-9]{0,3})\n([1-9][0-9]{0,2}(?: [1-9][0-9]{0,2})*)\n", sys.stdin.read())
legal = match is not None
if legal:
    n, k, numbers = int(match[1]), int(match[2]), match[3].split(" ")
    legal = 2 <= n <= 200_000 and k <= 1000 and n == len(numbers)
sys.exit(42 if legal else 43)
