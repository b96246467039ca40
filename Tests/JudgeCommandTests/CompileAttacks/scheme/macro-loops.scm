; attack: runs for ever while it is compiled
; time: 2
(define-syntax own (lambda (x) (let loop () (loop))))
(own)
