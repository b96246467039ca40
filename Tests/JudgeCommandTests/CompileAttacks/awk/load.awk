# attack: loads libraries of the system and of the host's while it is checked
# expect: CE or RTE
@load "@CANARY@"
@load "filefuncs"
BEGIN { print "through" }
