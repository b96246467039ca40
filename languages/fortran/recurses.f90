program main
  use, intrinsic :: iso_fortran_env, only: int64
  implicit none
  integer(int64) :: n
  read *, n
  print '(i0)', total(n)
contains
  recursive function total(n) result(t)
    integer(int64), intent(in) :: n
    integer(int64) :: t
    integer(int64), volatile :: rest  ! so that the compiler does not make a loop of it
    rest = 0
    if (n > 0) rest = total(n - 1)
    t = n + rest
  end function total
end program main
