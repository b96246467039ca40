# attack: leaves files while it is checked, and looks for them in its run
# expect: WA
BEGIN {
    print((-e "/box/left") || 0, (-e "/tmp/left") || 0, (-l "/box/link") || 0, "\n");
    if (open(my $file, ">", "/box/left")) { print $file "left"; close $file }
    if (open(my $file, ">", "/tmp/left")) { print $file "left"; close $file }
    symlink("@CANARY@", "/box/link");
}
