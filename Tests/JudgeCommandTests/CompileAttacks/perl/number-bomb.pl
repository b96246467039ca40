# attack: has constants folded to more than memory has
# expect: CE or WA or MLE or RTE
# time: 3
my $x = "abc" x 100000000000 if 0;
my @y = (1) x 100000000000 if 0;
print "ran\n";
