# Opens the lock, and hands nothing on that would help.
input()
low, high, answer = 1, 1000, ""
while answer != "open":
    middle = (low + high) // 2
    print("try", middle, flush=True)
    answer = input()
    low, high = (middle + 1, high) if answer == "higher" else (low, middle - 1)
print("leave 0", flush=True)
