# attack: runs while it is checked, and prints files of the host's as a warning
# twin: yes
BEGIN {
    open(my $file, "<", "@CANARY@") or die "held: $!\n";
    die <$file>;
}
