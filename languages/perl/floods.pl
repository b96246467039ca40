use strict;
use warnings;

print "flood" x 1000, "\n" while 1;
