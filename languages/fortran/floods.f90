program main
  implicit none
  do
    print '(a)', 'All work and no play makes Jack a dull boy.'
  end do
end program main
