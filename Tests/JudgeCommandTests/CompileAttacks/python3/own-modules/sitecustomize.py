print("imported before everything")
open("@ANSWER@").read()
