! attack: includes itself
include "include-itself.f90"
include "include-itself.f90"
program own
end program
