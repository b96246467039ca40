# Takes memory until there is none: the package format counts that as a run-time error.
blocks = []
while True:
    blocks.append(b"x" * (1 << 20))
