; attack: takes memory without end while it is read
; time: 3
(print (length #.(loop with all = nil do (push (make-string 1000000) all))))
