(let ((threads (loop repeat 4
                     collect (sb-thread:make-thread
                              (lambda () (loop for i below 1000 sum i))))))
  (mapc #'sb-thread:join-thread threads))
(let ((process (sb-ext:run-program "/bin/true" '())))
  (assert (zerop (sb-ext:process-exit-code process))))
(write-line "spawned")
