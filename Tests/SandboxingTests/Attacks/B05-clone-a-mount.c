// case: B05
// attack: takes a copy of a mount by open_tree, to move it or to lift its protection
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    unshare(CLONE_NEWUSER | CLONE_NEWNS);
    try_call(syscall(SYS_open_tree, AT_FDCWD, "/usr", 1 | 0x8000));
    try_call(syscall(SYS_open_tree, AT_FDCWD, "/", 0));
    must_fail(syscall(SYS_fspick, AT_FDCWD, "/tmp", 0));
}
