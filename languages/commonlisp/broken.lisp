(defun main ()
  (write-line "never")

(main)
