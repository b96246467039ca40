// case: B12
// attack: installs a filter that lies to itself and to all that it executes
// expect: held
// outside: untried: a program may confuse itself
#include "attack.h"
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
int main(void) {
    // Every call but write, exit and exit_group answers as if it had succeeded.
    struct sock_filter code[] = {
        {0x20, 0, 0, 0}, {0x15, 3, 0, SYS_write}, {0x15, 2, 0, SYS_exit}, {0x15, 1, 0, SYS_exit_group},
        {0x06, 0, 0, 0x00050000 /* errno 0 */}, {0x06, 0, 0, 0x7fff0000}};
    struct sock_fprog program = {6, code};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (prctl(PR_SET_SECCOMP, 2, &program)) held("%s", strerrorname_np(errno));
    if (socket(38, SOCK_SEQPACKET, 0) != 0) through("the call went on");
    held("nobody but itself is lied to");
}
