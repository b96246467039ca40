(use-modules (ice-9 rdelim))

(define (read-integer)
  (string->number (read-line)))

(let loop ((n (read-integer)) (sum 0))
  (if (zero? n)
      (begin (display sum) (newline))
      (loop (- n 1) (+ sum (read-integer)))))
