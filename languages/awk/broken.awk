BEGIN {
    print "never"
