use strict;
use warnings;

my $n = 0;
$n++ while 1;
