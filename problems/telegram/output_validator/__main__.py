"""Carries what is sent from the first pass to the second: validator INPUT ANSWER FOLDER < OUTPUT."""
import sys
from pathlib import Path

ACCEPTED, REJECTED = 42, 43


def judge(sends, message, output, folder):
    """What is wrong; None for what is right. Leaves the next pass behind a message that was sent."""
    words = output.split()
    if len(words) != 1:
        return "is not one word"
    if not sends:
        return None if words[0] == message else "received another message"
    if len(words[0]) > 5 * len(message) or words[0].strip(b".-"):
        return "sends other than dots and dashes, or too many"
    Path(folder, "nextpass.in").write_bytes(b"receive\n" + words[0] + b"\n")
    return None


def main():
    test, answer, folder = sys.argv[1:4]
    sends = Path(test).read_bytes().startswith(b"send\n")
    message = Path(answer).read_bytes().strip()
    wrong = judge(sends, message, sys.stdin.buffer.read(), folder)
    with Path(folder, "judgemessage.txt").open("a") as messages:
        messages.write(("send: " if sends else "receive: ") + (wrong or "right") + "\n")
    sys.exit(REJECTED if wrong else ACCEPTED)


main()
