! attack: has lines of the C preprocessor, which includes files of the host's
! expect: CE or WA
#include "@CANARY@"
program own
end program
