# attack: includes the answers, environments and endless devices
@include "@ANSWER@"
@include "/proc/1/environ"
@include "/dev/zero"
