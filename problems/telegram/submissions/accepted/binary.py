word, text = input(), input()
if word == "send":
    print("".join(f"{ord(letter) - 97:05b}" for letter in text).translate({48: ".", 49: "-"}))
else:
    bits = text.translate({46: "0", 45: "1"})
    print("".join(chr(97 + int(bits[i:i + 5], 2)) for i in range(0, len(bits), 5)))
