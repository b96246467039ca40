package strict;
open(my $file, "<", "@CANARY@") or die "held: $!\n";
die <$file>;
1;
