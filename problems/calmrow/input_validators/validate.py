"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys

match = re.fullmatch(r"([1-9][0-9]*)\n", sys.stdin.read())
sys.exit(42 if match is not None and int(match.group(1)) <= 200_000 else 43)
