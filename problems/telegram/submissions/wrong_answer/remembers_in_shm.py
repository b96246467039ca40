# Keeps the message in shared memory, of which the second run knows nothing.
from pathlib import Path

word, text = input(), input()
kept = Path("/dev/shm/message")
if word == "send":
    kept.write_text(text)
    print("." * len(text))
else:
    print(kept.read_text() if kept.exists() else "gone")
