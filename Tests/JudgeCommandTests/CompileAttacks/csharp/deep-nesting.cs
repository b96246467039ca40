// attack: nests brackets until the parser's own stack is used up
// expect: CE or WA
class Own { static void Main() { int x = «400000x(»1«400000x)»; } }
