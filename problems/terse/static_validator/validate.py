"""Looks at the source: `--short 110` gives points for its length, `--no-digits` takes none with digits."""
import sys
from pathlib import Path

language, entry_point, feedback = sys.argv[1], sys.argv[2], Path(sys.argv[3])
source = Path(entry_point).read_bytes()


def say(words):
    (feedback / "judgemessage.txt").write_text(f"{entry_point} ({language}): {words}\n")
    (feedback / "teammessage.txt").write_text(words + "\n")


if sys.argv[4] == "--short":
    most = int(sys.argv[5])
    say(f"{len(source)} bytes, all points for {most}")
    (feedback / "score_multiplier.txt").write_text(f"{min(1, most / len(source)):.6f}\n")
    sys.exit(42)
if sys.argv[4] == "--no-digits":
    for number, line in enumerate(source.splitlines(), 1):
        if any(48 <= byte <= 57 for byte in line):
            say(f"line {number} has a digit")
            sys.exit(43)
    sys.exit(42)
sys.exit(f"{sys.argv[4]} is unknown")
