(let ((zero (- 1 1)))
  (print (/ 1 zero)))
