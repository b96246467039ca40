; attack: has a macro that becomes two of itself
; time: 3
(define-syntax own (syntax-rules () ((_ x) (begin (own (1 x)) (own (2 x))))))
(own 1)
