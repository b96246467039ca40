# attack: brings profiles and settings that would run while it is checked
# expect: WA
cat("ran\n")
