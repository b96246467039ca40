# Asks in words.
input()
print("is it the first one, please", flush=True)
