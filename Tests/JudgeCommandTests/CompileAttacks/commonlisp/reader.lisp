; attack: runs while it is read and prints files of the host's
; twin: yes
(print #.(with-open-file (file "@CANARY@") (error "~a" (read-line file))))
