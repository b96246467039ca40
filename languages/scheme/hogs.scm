(define kept '())

(let hog ()
  (set! kept (cons (make-vector (expt 2 19) 0) kept))
  (hog))
