numbers <- list()
print(numbers[[1]])
