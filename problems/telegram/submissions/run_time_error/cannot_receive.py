word, text = input(), input()
assert word == "send"
print("".join(f"{ord(letter) - 97:05b}" for letter in text).translate({48: ".", 49: "-"}))
