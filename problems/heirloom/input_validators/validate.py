"""Exits with 42 if standard input is a legal input, otherwise with 43: what the first pass begins with."""
import sys

sys.exit(42 if sys.stdin.read() == "1 0 10\n" else 43)
