NR > 1 { sum += $1 }
END { print sum }
