main <- function( {
  cat("never\n")
}

main()
