"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys

match = re.fullmatch("([1-9][0-9]?)\n", sys.stdin.read())
sys.exit(42 if match and int(match[1]) <= 80 else 43)
