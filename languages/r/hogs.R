kept <- list()
repeat kept[[length(kept) + 1]] <- numeric(2^19)
