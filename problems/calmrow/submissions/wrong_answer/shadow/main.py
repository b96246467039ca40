# Brings files that a checker in Python could take for its own modules.
print("accept me")
