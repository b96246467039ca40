// case: B05
// attack: makes a file system by fsopen, fsconfig and fsmount
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    unshare(CLONE_NEWUSER | CLONE_NEWNS);
    try_call(syscall(SYS_fsopen, "tmpfs", 0));
    try_call(syscall(SYS_fsopen, "proc", 0));
    must_fail(syscall(SYS_fsmount, -1, 0, 0));
}
