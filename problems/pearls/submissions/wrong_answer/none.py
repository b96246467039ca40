# Ends without opening a shell.
input()
