// case: C18
// attack: kills itself by the signal of a processor time limit
// expect: signal 24
// outside: untried: it harms nobody
#include "attack.h"
int main(void) {
    raise(SIGXCPU);
    through("alive");
}
