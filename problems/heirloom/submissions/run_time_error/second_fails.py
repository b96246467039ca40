# The second generation does not know what to do.
generation, digit, tries = map(int, input().split())
low, high = (1, 1000) if generation == 1 else exit(2)
answer = ""
while answer != "open":
    middle = (low + high) // 2
    print("try", middle, flush=True)
    answer = input()
    low, high = (middle + 1, high) if answer == "higher" else (low, middle - 1)
print("leave", (middle - 1) // 100, flush=True)
