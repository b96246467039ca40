! attack: makes a program of gigabytes by an array that is set
! time: 3
program own
integer(8) :: all(500000000)
data all /500000000*7/
print *, all(7)
end program
