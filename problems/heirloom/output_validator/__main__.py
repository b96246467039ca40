"""Is the lock, and hands on what is left: validator INPUT ANSWER FOLDER, the submission at the standard streams."""
import sys
from pathlib import Path

ACCEPTED, REJECTED = 42, 43
GENERATIONS = 3


class Wrong(Exception):
    """What the submission did that it may not do."""


def say(*words):
    print(*words, flush=True)


def hear(word, most):
    """The number behind a word."""
    line = sys.stdin.buffer.readline(100)
    if not line.endswith(b"\n"):
        raise Wrong(f"says nothing more where it should {word}")
    words = line.split()
    if len(words) != 2 or words[0] != word.encode() or not words[1].isdigit() or len(words[1]) > 4:
        raise Wrong(f"does not {word} a number")
    if int(words[1]) > most:
        raise Wrong(f"cannot {word} {int(words[1])}")
    return int(words[1])


def talk(generation, digit, tries, number):
    """The digit that is left."""
    say(generation, digit, tries)
    for _ in range(tries):
        tried = hear("try", 1000)
        if tried == number:
            say("open")
            return hear("leave", 9)
        say("higher" if number > tried else "lower")
    raise Wrong("has tried too often")


def main():
    test, answer, folder = sys.argv[1:4]
    generation, digit, tries = map(int, Path(test).read_text().split())
    number = int(Path(answer).read_text())
    wrong = None
    try:
        digit = talk(generation, digit, tries, number)
    except Wrong as reason:
        wrong = str(reason)
    with Path(folder, "judgemessage.txt").open("a") as messages:
        messages.write(f"generation {generation}: {wrong or 'opens it'}\n")
    if wrong is None and generation < GENERATIONS:
        Path(folder, "nextpass.in").write_text(f"{generation + 1} {digit} 7\n")
    sys.exit(REJECTED if wrong else ACCEPTED)


main()
