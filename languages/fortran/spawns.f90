program main
  implicit none
  integer :: status
  call execute_command_line('/bin/true', exitstat=status)
  if (status /= 0) error stop 'failed'
  print '(a)', 'spawned'
end program main
