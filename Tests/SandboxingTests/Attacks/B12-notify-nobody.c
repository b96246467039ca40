// case: B12
// attack: installs a filter that hands its calls to a listener that never answers
// expect: outcome idle or outcome wall-time
// outside: untried: a program may hang itself
// limits: wall=500
#include "attack.h"
#include <linux/filter.h>
#include <sys/prctl.h>
int main(void) {
    struct sock_filter code[] = {
        {0x20, 0, 0, 0}, {0x15, 0, 1, SYS_getpid}, {0x06, 0, 0, 0x7fc00000}, {0x06, 0, 0, 0x7fff0000}};
    struct sock_fprog program = {4, code};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    // Where the listener is refused the program hangs without it: it must be ended all the same.
    syscall(SYS_seccomp, 1, 8 /* new listener */, &program);
    syscall(SYS_getpid);
    for (;;) pause();
}
