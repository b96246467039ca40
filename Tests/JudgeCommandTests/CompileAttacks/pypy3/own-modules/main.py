# attack: brings modules that would take the place of the checking ones
# expect: WA
print("ran")
