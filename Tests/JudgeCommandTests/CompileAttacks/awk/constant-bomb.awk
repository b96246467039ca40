# attack: has expressions that could be folded, and compiled when they are parsed
# expect: CE or WA or TLE or MLE or RTE
# time: 3
BEGIN { if (0) x = 9^9^9^9 /(a{1,30000}){1,30000}/ ; print "ran" }
