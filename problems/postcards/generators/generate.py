"""Writes the test data: numbers of rounds and the numbers that are to be told."""
import random
from pathlib import Path


def write(name, numbers):
    text = "\n".join(map(str, [len(numbers), *numbers])) + "\n"
    Path(f"data/{name}.in").write_text(text)
    Path(f"data/{name}.ans").write_text("")


dice = random.Random(20)
largest = 10**12 - 1
write("sample/1", [0, 7, 2025])
write("secret/1-edges", [0, 1, 127, 128, 16383, 16384, 2**39, 2**39 - 1, largest])
write("secret/2-random", [dice.randrange(10**12) for _ in range(100)])
write("secret/3-many", [dice.randrange(10 ** dice.randint(1, 12)) for _ in range(1000)])
