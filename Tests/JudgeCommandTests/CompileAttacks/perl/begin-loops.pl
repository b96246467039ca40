# attack: runs for ever while it is checked
# time: 2
BEGIN { 1 while 1 }
