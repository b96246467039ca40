# Prints without end.
while True:
    print("3\n" * 10000)
