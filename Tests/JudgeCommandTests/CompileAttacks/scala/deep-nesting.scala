// attack: nests brackets until the parser's own stack is used up
object Main { def main(arguments: Array[String]): Unit = { val x = «30000x(»1«30000x)» } }
