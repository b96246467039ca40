# attack: waits for ever while it is checked, without using the processor
# time: 2
BEGIN { sleep 1 while 1 }
