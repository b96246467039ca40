program main
end program main
