! attack: computes arrays of constants while it is compiled
! time: 3
program own
integer :: i, j
integer, parameter :: all(3000, 3000) = reshape([((i * j, i = 1, 3000), j = 1, 3000)], [3000, 3000])
integer, parameter :: more(3000, 3000) = matmul(all, transpose(all))
character(len=*), parameter :: text = repeat("abcdefgh", 500000000)
print *, sum(more), len(text)
end program
