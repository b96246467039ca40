# Opens a shell at a fifth of the row, and so more shells than it must.
low, high, answer = 1, int(input()), ""
while answer != "here":
    shell = low + (high - low) // 5
    print(shell, flush=True)
    answer = input()
    low, high = (shell + 1, high) if answer == "after" else (low, shell - 1)
