# attack: takes memory without end while it is checked
BEGIN { my @all; push @all, "x" x 1000000 while 1 }
