// case: B07
// attack: sets up io_uring, whose calls no filter sees
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    char parameters[120] = {0};
    must_fail(syscall(SYS_io_uring_setup, 4, parameters));
}
