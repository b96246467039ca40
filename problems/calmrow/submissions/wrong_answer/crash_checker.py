# Tries to break the checker: words too long to convert, digits that are not ASCII, bytes that are no text.
import sys

n = int(input())
out = sys.stdout.buffer
if n % 2:
    out.write(b"1" * 6_000_000)
else:
    out.write("٣ ² ".encode() * (n // 2) + b"\0\xff")
