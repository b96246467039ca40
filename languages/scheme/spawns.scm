(use-modules (ice-9 threads))

(define threads
  (map (lambda (i) (call-with-new-thread (lambda () (apply + (iota 1000)))))
       (iota 4)))
(for-each join-thread threads)
(unless (zero? (system* "/bin/true"))
  (error "no process"))
(display "spawned\n")
