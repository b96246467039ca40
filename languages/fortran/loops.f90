program main
  implicit none
  integer, volatile :: state = 1
  do
    state = mod(state, 1000) + 1
  end do
end program main
