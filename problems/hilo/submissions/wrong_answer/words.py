# Guesses in words.
print("four hundred and thirty-seven", flush=True)
input()
