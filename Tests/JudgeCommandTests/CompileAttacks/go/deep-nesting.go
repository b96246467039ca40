// attack: nests brackets until the parser's own stack is used up
package main

func main() { println(«400000x(»1«400000x)») }
