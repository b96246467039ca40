let () =
  while true do
    print_string "All work and no play makes Jack a dull boy.\n"
  done
