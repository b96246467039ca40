# attack: has its mistake in a line of a megabyte, which the message repeats
echo "«900000xa»" ) «1000xb»
