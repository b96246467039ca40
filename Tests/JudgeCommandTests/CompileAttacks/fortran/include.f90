! attack: includes files of the host's, whose lines the compiler would show
! twin: yes
program own
include "@CANARY@"
end program
