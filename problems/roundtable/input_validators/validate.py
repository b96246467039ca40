"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys

match = re.fullmatch(r"((0|[1-9][0-9]*) ){3}(0|[1-9][0-9]*)\n", text := sys.stdin.read())
sys.exit(42 if match and all(int(word) <= 10**9 for word in text.split()) else 43)
