# Sends as it should, and receives the same for everything.
word, text = input(), input()
if word == "send":
    print("".join(f"{ord(letter) - 97:05b}" for letter in text).translate({48: ".", 49: "-"}))
else:
    print("sos" if len(text) == 15 else "a")
