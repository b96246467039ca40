"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys

match = re.fullmatch(r"([1-9][0-9]*) ([1-9][0-9]*)\n", sys.stdin.read())
sys.exit(42 if match and int(match.group(2)) <= int(match.group(1)) <= 10**9 else 43)
