program main
  implicit none
  type block
    integer, allocatable :: words(:)
  end type block
  type(block), allocatable :: kept(:)
  integer :: n
  allocate (kept(100000))
  do n = 1, size(kept)
    allocate (kept(n)%words(1024 * 1024))
    kept(n)%words = n
  end do
  print *, kept(size(kept))%words(1)
end program main
