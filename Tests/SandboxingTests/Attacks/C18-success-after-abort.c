// case: C18
// attack: catches its own abort and leaves with success
// expect: exit 0
// outside: untried: that is a program's right
#include "attack.h"
static void leave(int number) { _exit(number == SIGABRT ? 0 : 1); }
int main(void) {
    signal(SIGABRT, leave);
    abort();
}
