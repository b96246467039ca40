"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys

match = re.fullmatch(r"([1-9][0-9]{0,5})\n([0-9]{1,18}(?: [0-9]{1,18})*)\n", sys.stdin.read())
legal = match is not None and int(match[1]) <= 200_000 and int(match[1]) == len(match[2].split(" "))
sys.exit(42 if legal else 43)
