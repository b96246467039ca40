(loop (write-line "flood flood flood flood flood flood flood flood"))
