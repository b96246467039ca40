guess, answer = 1, ""
while answer != "correct":
    print(guess, flush=True)
    guess, answer = guess + 1, input()
