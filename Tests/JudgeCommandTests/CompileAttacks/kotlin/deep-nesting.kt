// attack: nests brackets until the parser's own stack is used up
fun main() { val x = «30000x(»1«30000x)» }
