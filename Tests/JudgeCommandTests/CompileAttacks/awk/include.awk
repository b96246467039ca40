# attack: includes files of the host's, whose lines the check would show
# twin: yes
@include "@CANARY@"
BEGIN { print "through" }
