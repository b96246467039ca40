"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys

match = re.fullmatch(r"([1-9][0-9]{0,3})\n", sys.stdin.read())
sys.exit(42 if match is not None and int(match.group(1)) <= 1000 else 43)
