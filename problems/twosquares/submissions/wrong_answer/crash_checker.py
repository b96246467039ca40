# Tries to break the checker: numbers beyond every type, no numbers, bytes that are no text, endless words.
import sys

out = sys.stdout.buffer
n = int(input())
if n % 2:
    out.write(b"9" * 5_000_000 + b" -9223372036854775808")
else:
    out.write(b"\0\xff\xfenan inf 1e400 0x7fffffff " + b"(" * 1_000_000)
