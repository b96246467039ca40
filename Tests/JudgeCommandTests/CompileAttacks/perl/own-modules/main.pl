# attack: brings a module of the system's name, which runs while it is checked
use strict;
use warnings;
print "through\n";
