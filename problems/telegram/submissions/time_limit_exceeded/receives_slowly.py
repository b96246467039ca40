# Sends in time, and never comes to an end of receiving.
word, text = input(), input()
while word == "receive":
    pass
print("".join(f"{ord(letter) - 97:05b}" for letter in text).translate({48: ".", 49: "-"}))
