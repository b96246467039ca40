(define (main)
  (display "never\n")

(main)
