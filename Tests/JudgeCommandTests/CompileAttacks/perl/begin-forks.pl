# attack: starts processes without end while it is checked
# expect: CE or WA or RTE
# time: 2
BEGIN { 1 while defined(fork) or 1 }
