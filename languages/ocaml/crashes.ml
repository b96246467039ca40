let () =
  let numbers = Array.make 3 0 in
  print_int numbers.(Array.length Sys.argv + 2)
