program main
  implicit none
  print '(a)', 'Grüße, Ωμέγα, 你好, 🙂'
end program main
