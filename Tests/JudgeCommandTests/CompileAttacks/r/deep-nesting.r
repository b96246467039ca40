# attack: nests brackets until the parser's own stack is used up
x <- «50000x(»1«50000x)»
