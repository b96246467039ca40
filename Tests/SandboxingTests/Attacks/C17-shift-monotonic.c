// case: C17
// attack: shifts the monotonic clock by a time namespace
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    unshare(CLONE_NEWUSER);
    try_call(unshare(0x80 /* CLONE_NEWTIME */));
    must_fail(open("/proc/self/timens_offsets", O_WRONLY));
}
