// case: C18
// attack: kills itself as the memory limit would
// expect: signal 9
// outside: untried: it harms nobody
#include "attack.h"
int main(void) {
    raise(SIGKILL);
    through("alive");
}
