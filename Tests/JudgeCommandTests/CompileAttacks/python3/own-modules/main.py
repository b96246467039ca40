# attack: brings modules that would take the place of the checking ones, and read the host's files while it is compiled
# expect: WA
import py_own
print("ran", py_own.name)
