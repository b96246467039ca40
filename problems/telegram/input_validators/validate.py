"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys

sys.exit(42 if re.fullmatch(r"send\n[a-z]{1,1000}\n", sys.stdin.read()) else 43)
