use strict;
use warnings;

sub main {
    print "never\n";

main();
