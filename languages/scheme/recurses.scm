(define (total n)
  (if (zero? n)
      0
      (+ n (total (- n 1)))))

(display (total (read)))
(newline)
