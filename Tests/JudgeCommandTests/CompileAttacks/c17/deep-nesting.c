// attack: nests braces until the compiler's own stack is used up
// time: 3
int main(void) { int x = «400000x(»1«400000x)»; return x; }
