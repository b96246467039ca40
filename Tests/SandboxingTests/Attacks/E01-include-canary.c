// case: E01
// attack: includes a file of the host's, whose lines the compiler would show
// expect: refused
// outside: through
// stage: compile
#include "@CANARY@"
int main(void) { return 0; }
