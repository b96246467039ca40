// case: E05
// attack: includes standard input and the terminal, which may wait for ever
// expect: refused
// outside: untried: a terminal there is the tester's
// stage: compile
// limits: wall=5000
#include "/dev/stdin"
#include "/dev/tty"
#include "/proc/self/fd/0"
#error the end of it
int main(void) { return 0; }
