"""Writes data/: run it in the package's directory.

The large lists repeat one block of tickets, so that they take little room when compressed.
"""
import random
from pathlib import Path


def write(name, odd, others):
    path = Path("data") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    place = random.randrange(len(others) + 1)
    tickets = others[:place] + [odd] + others[place:]
    path.with_suffix(".in").write_text("\n".join(map(str, [len(tickets), *tickets])) + "\n")
    path.with_suffix(".ans").write_text(f"{odd}\n")


def ticket():
    return random.randrange(10**8, 10**9)


def shuffled(count):
    """`count` tickets twice each, in any order."""
    tickets = [ticket() for _ in range(count)] * 2
    random.shuffle(tickets)
    return tickets


random.seed(31)
write("sample/1", 271828182, [314159265, 161803398, 161803398, 314159265])
write("secret/01-alone", 123456789, [])
write("secret/02-thrice", 555555555, [555555555] * 4)
write("secret/03-pairs", ticket(), shuffled(50))
write("secret/04-ends", 10**8, [10**9 - 1] * 100)
write("secret/05-thousands", ticket(), shuffled(5000))
write("secret/06-hundred-thousand", ticket(), [ticket() for _ in range(1000)] * 100)
write("secret/07-ten-megabytes", ticket(), [ticket() for _ in range(1500)] * 700)
write("secret/08-one-visitor", ticket(), [ticket()] * 100_000)
