// case: B03
// attack: asks for namespaces by clone3, whose flags lie in memory that no filter reads
// expect: held
// outside: through or absent
#include "attack.h"
#include <linux/sched.h>
#include <pthread.h>
static void *nothing(void *value) { return value; }
int main(void) {
    struct clone_args arguments = {.flags = 0x10000000 /* CLONE_NEWUSER */, .exit_signal = SIGCHLD};
    long child = syscall(SYS_clone3, &arguments, sizeof arguments);
    if (!child) _exit(0);
    if (child > 0) through("clone3 made a user namespace");
    int reason = errno;
    pthread_t thread;
    if (pthread_create(&thread, 0, nothing, 0) || pthread_join(thread, 0)) return 2;
    held("%s, and threads work all the same", strerrorname_np(reason));
}
