// case: B04
// attack: asks for each kind of namespace, by unshare and by clone, one by one and with other bits
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    long kinds[] = {CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP, 0x80};
    for (int index = 0; index < 8; index += 1) {
        try_call(syscall(SYS_unshare, kinds[index]));
        try_call(syscall(SYS_unshare, kinds[index] | 0x100000000));
        // In clone the kind for time shares its bit with the signal, so unshare alone has it.
        long child = index == 7 ? -1 : syscall(SYS_clone, kinds[index] | SIGCHLD, 0, 0, 0, 0);
        if (!child) _exit(0);
        if (child > 0) through("clone made a namespace %lx", kinds[index]);
    }
    held("%s", strerrorname_np(errno));
}
