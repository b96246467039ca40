"""The post between two programs: post INPUT ANSWER FOLDER. The encoder writes to descriptor 3 and reads from 4, the decoder to 5
and from 6."""
import sys
from pathlib import Path

ACCEPTED, REJECTED = 42, 43
LONGEST = 64


def open_ends(number):
    return open(3 + 2 * number, "rb"), open(4 + 2 * number, "wb", buffering=0)


def finish(code, message):
    Path(sys.argv[3], "judgemessage.txt").write_text(message + "\n")
    sys.exit(code)


def tell(end, text, name):
    try:
        end.write(text.encode())
    except BrokenPipeError:
        finish(REJECTED, f"the {name} does not listen any more")


def hear(end, name):
    line = end.readline(LONGEST)
    if not line.endswith(b"\n"):
        finish(REJECTED, f"the {name} " + ("writes too long a line" if line else "ended too early"))
    words = line.split()
    if not all(word.isdigit() and len(word) <= 12 for word in words):
        finish(REJECTED, f"the {name} writes what is no number")
    return [int(word) for word in words]


def main():
    numbers = [int(line) for line in Path(sys.argv[1]).read_text().split()[1:]]
    (from_encoder, to_encoder), (from_decoder, to_decoder) = open_ends(0), open_ends(1)
    for end, name in ((to_encoder, "encoder"), (to_decoder, "decoder")):
        tell(end, f"{len(numbers)}\n", name)
    for place, number in enumerate(numbers, 1):
        tell(to_encoder, f"{number}\n", "encoder")
        cards = hear(from_encoder, "encoder")
        if len(cards) > 6 or any(card > 1023 for card in cards):
            finish(REJECTED, f"round {place}: the encoder writes other postcards than there are")
        tell(to_decoder, " ".join(map(str, [len(cards), *sorted(cards)])) + "\n", "decoder")
        heard = hear(from_decoder, "decoder")
        if heard != [number]:
            finish(REJECTED, f"round {place}: {number} was told, and {heard} understood")
    for end, name in ((from_encoder, "encoder"), (from_decoder, "decoder")):
        if end.read(1):
            finish(REJECTED, f"the {name} writes more than it is asked for")
    finish(ACCEPTED, f"{len(numbers)} numbers were understood")


main()
