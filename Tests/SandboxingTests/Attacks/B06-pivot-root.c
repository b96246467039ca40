// case: B06
// attack: exchanges the root of its mount namespace
// expect: held
// outside: through as root
#include "attack.h"
int main(void) {
    chdir("/tmp");
    try_call(syscall(SYS_pivot_root, ".", "."));
    must_fail(syscall(SYS_pivot_root, "/", "/"));
}
