; attack: runs while it is compiled: environment, processes, answers
; expect: CE or WA or RTE
(eval-when (:compile-toplevel :execute)
  (dolist (path '("@CANARY@" "@ANSWER@" "@DATABASE@" "/etc/shadow" "/proc/1/environ"))
    (with-open-file (file path :if-does-not-exist nil)
      (if file (print (read-line file)) (print "held"))))
  (print (sb-ext:posix-environ)))
(print "ran")
