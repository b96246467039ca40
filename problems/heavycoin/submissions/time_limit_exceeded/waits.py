# Waits for a line that does not come.
input()
input()
