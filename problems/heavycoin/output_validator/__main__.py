"""Weighs coins: validator INPUT ANSWER FOLDER, with the submission at the standard streams."""
import sys
from pathlib import Path

ACCEPTED, REJECTED = 42, 43
LONGEST_LINE = 10_000


class Wrong(Exception):
    """What the submission did that it may not do."""


def say(*words):
    print(*words, flush=True)


def hear(n):
    """The words of a line, of which all but the first are numbers."""
    line = sys.stdin.buffer.readline(LONGEST_LINE)
    if not line.endswith(b"\n"):
        raise Wrong("says nothing more before it named a coin")
    first, *rest = line.split() or [b""]
    if any(len(word) > 4 or not word.isdigit() for word in rest):
        raise Wrong("writes what is no number")
    return first, [int(word) for word in rest]


def weigh(numbers, n, heavy):
    k, coins = numbers[0] if numbers else 0, numbers[1:]
    if k < 1 or len(coins) != 2 * k:
        raise Wrong("does not weigh as many coins as it says")
    if len(set(coins)) != 2 * k or not all(1 <= coin <= n for coin in coins):
        raise Wrong("weighs a coin twice, or one that is not there")
    return "left" if heavy in coins[:k] else "right" if heavy in coins[k:] else "even"


def talk(n, heavy):
    left = next(times for times in range(10) if 3**times >= n)
    say(n, left)
    while True:
        word, numbers = hear(n)
        if word == b"coin":
            if numbers != [heavy]:
                raise Wrong(f"names {numbers[:3]}, but the coin is {heavy}")
            return
        if word != b"weigh":
            raise Wrong("says neither weigh nor coin")
        if left == 0:
            raise Wrong("weighs too often")
        left -= 1
        say(weigh(numbers, n, heavy))


def main():
    test, _, folder = sys.argv[1:4]
    n, heavy = map(int, Path(test).read_text().split())
    message, status = "found the coin", ACCEPTED
    try:
        talk(n, heavy)
    except Wrong as wrong:
        message, status = str(wrong), REJECTED
    Path(folder, "judgemessage.txt").write_text(message + "\n")
    sys.exit(status)


main()
