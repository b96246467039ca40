BEGIN {
    if (system("/bin/true") != 0) exit 1
    print "spawned"
}
