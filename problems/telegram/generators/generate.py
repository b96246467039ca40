"""Writes data/: run it in the package's directory. The answer is the message, which the second pass needs."""
import random
import string
from pathlib import Path


def write(name, message):
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"send\n{message}\n")
    path.with_suffix(".ans").write_text(f"{message}\n")


random.seed(1837)
write("sample/1", "sos")
write("secret/01-a", "a")
write("secret/02-z", "z")
write("secret/03-letters", string.ascii_lowercase)
write("secret/04-equal", "e" * 1000)
for place in (5, 6):
    letters = random.choices(string.ascii_lowercase, k=1000)
    write(f"secret/{place:02}-random", "".join(letters))
