use strict;
use warnings;

my @kept;
push @kept, "x" x (4 << 20) while 1;
