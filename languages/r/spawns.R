stopifnot(system2("/bin/true") == 0)
cat("spawned\n")
