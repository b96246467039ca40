; attack: has a macro that becomes two of itself
; time: 3
(defmacro own (x) `(progn (own (1 ,x)) (own (2 ,x))))
(own 1)
