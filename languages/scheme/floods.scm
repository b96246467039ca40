(let flood ()
  (display "flood flood flood flood flood flood flood flood\n")
  (flood))
