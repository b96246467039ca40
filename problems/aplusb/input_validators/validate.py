"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys

match = re.fullmatch(r"(0|-?[1-9][0-9]*) (0|-?[1-9][0-9]*)\n", sys.stdin.read())
legal = match is not None and all(abs(int(number)) <= 10**18 for number in match.groups())
sys.exit(42 if legal else 43)
