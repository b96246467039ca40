low, high, answer = 1, int(input()), ""
while answer != "here":
    middle = (low + high) // 2
    print(middle, flush=True)
    answer = input()
    low, high = (middle + 1, high) if answer == "after" else (low, middle - 1)
