// case: B08 B23
// attack: takes descriptors out of another process by pidfd_getfd
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    int target = syscall(SYS_pidfd_open, atoi(given("TARGET")), 0);
    try_call(syscall(SYS_pidfd_getfd, target, 1, 0));
    int parent = syscall(SYS_pidfd_open, getppid(), 0);
    for (int number = 0; number < 16; number += 1) try_call(syscall(SYS_pidfd_getfd, parent, number, 0));
    held("%s", strerrorname_np(errno));
}
