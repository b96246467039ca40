// attack: has a function of more code than a class file can hold
// expect: CE
var x = 0
fun main() { «12000xx += x * №;¶» }
