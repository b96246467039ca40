(defvar *kept* '())
(loop (push (make-array (ash 1 19) :element-type '(unsigned-byte 64) :initial-element 1) *kept*))
