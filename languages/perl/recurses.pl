use strict;
use warnings;
no warnings "recursion";

sub total {
    my ($n) = @_;
    return $n == 0 ? 0 : $n + total($n - 1);
}

my $n = <STDIN>;
print total($n), "\n";
