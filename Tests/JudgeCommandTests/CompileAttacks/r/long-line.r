# attack: has its mistake in a line of a megabyte, which the message repeats
x <- "«900000xa»" )
