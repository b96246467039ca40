# Sends the message as it is.
input()
print(input())
