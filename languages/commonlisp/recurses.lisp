(defun total (n)
  (if (zerop n)
      0
      (+ n (total (1- n)))))

(format t "~d~%" (total (read)))
