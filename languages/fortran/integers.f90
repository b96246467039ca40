program main
  use, intrinsic :: iso_fortran_env, only: int64
  implicit none
  integer :: n, i
  integer(int64) :: x, total
  read *, n
  total = 0
  do i = 1, n
    read *, x
    total = total + x
  end do
  print '(i0)', total
end program main
