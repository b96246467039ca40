// case: B09
// attack: handles its own page faults, to hold the kernel up in the middle of a copy
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    try_call(syscall(SYS_userfaultfd, 0));
    must_fail(syscall(SYS_userfaultfd, 1 /* UFFD_USER_MODE_ONLY */));
}
