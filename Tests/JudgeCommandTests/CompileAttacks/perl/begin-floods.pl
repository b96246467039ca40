# attack: prints without end while it is checked
# time: 3
BEGIN { print STDERR "the same and the same and the same\n" while 1 }
