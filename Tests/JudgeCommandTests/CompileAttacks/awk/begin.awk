# attack: has code that would run while it is checked
# expect: WA or CE
BEGIN { while ((getline line < "@CANARY@") > 0) print line; print "held" }
@namespace "own"
