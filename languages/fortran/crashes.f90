program main
  implicit none
  integer, allocatable :: numbers(:)
  deallocate (numbers)
end program main
