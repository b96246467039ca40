; attack: runs while it is compiled and prints files of the host's
; twin: yes
(define-syntax own
  (lambda (x)
    (error (call-with-input-file "@CANARY@" (lambda (file) (symbol->string (read file)))))))
(own)
