"""Writes the test data: a number for each machine, and their sum."""
import random
from pathlib import Path


def write(name, numbers):
    Path(f"data/{name}.in").write_text(" ".join(map(str, numbers)) + "\n")
    Path(f"data/{name}.ans").write_text(f"{sum(numbers)}\n")


dice = random.Random(4)
write("sample/1", [1, 2, 3, 4])
write("secret/1-zeros", [0, 0, 0, 0])
write("secret/2-largest", [10**9] * 4)
write("secret/3-random", [dice.randint(0, 10**9) for _ in range(4)])
