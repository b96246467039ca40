open("@ANSWER@").read()
