// attack: has its mistake in a line of a megabyte, which the message repeats
const x = "«900000xa»" );
