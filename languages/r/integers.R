input <- file("stdin", "r")
n <- scan(input, n = 1, quiet = TRUE)
numbers <- scan(input, n = n, quiet = TRUE)
cat(sprintf("%.0f\n", sum(numbers)))
