program main
  implicit none
  print *, ('no end'
end program main
