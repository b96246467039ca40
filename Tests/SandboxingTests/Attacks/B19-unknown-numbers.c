// case: B19
// attack: makes every call whose number no kernel knows yet, with garbage
// expect: held
// outside: untried: garbage is not for the host's kernel
#include "attack.h"
int main(void) {
    for (long number = 480; number < 1024; number += 1) {
        if (number >= 512 && number < 548) continue; // of x32
        errno = 0;
        long result = syscall(number, -1l, 0xdeadbeefl, 7l, -9l, 1l << 47, 3l);
        if (result >= 0 || errno != ENOSYS) through("call %ld gave %ld, %d", number, result, errno);
    }
    held("none exists");
}
