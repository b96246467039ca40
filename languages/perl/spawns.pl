use strict;
use warnings;
use threads;

my @threads = map { threads->create(sub { my $n = 0; $n += $_ for 1 .. 1000; $n }) } 1 .. 4;
$_->join for @threads;
system("/bin/true") == 0 or die "no process: $!";
print "spawned\n";
