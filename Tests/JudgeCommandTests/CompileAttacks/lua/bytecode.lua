-- attack: says that it is bytecode in its first line, and reads the host's files
-- expect: CE or WA or RTE
local file = io.open("@CANARY@")
print(file and file:read("a") or "held")
