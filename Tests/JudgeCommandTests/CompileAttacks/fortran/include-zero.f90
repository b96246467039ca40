! attack: includes endless zeros
! time: 3
program own
include "/dev/zero"
end program
