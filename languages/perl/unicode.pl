use strict;
use warnings;

print "Grüße, Ωμέγα, 你好, 🙂\n";
