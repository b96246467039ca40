"""Exits with 42 if standard input is a legal input, otherwise with 43."""
import re
import sys

first, *rows = sys.stdin.read().split("\n")
size = re.fullmatch(r"([1-9][0-9]{0,2}) ([1-9][0-9]{0,2})", first)
legal = size is not None and rows[-1] == ""
if legal:
    h, w = map(int, size.groups())
    text = "".join(rows)
    legal = (
        max(h, w) <= 200
        and len(rows) == h + 1
        and all(re.fullmatch(r"[.#SE]+", row) and len(row) == w for row in rows[:-1])
        and text.count("S") == text.count("E") == 1
    )
sys.exit(42 if legal else 43)
