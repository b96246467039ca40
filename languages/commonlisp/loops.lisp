(let ((n 0))
  (declare (type fixnum n))
  (loop (setf n (logand (1+ n) 65535))))
