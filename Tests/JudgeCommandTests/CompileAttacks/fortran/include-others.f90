! attack: includes the answers, the database, environments, devices
program own
include "@ANSWER@"
include "@DATABASE@"
include "/proc/1/environ"
include "/etc/shadow"
include "/dev/stdin"
end program
