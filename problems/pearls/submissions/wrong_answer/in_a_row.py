# Opens one after the other: right where there are few.
input()
for shell in range(1, 201):
    print(shell, flush=True)
    if input() == "here":
        break
