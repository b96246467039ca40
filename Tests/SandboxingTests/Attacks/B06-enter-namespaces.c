// case: B06
// attack: enters the namespaces of every process it sees, by setns with their files and by pidfd
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    const char *kinds[] = {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup"};
    int init = syscall(SYS_pidfd_open, 1, 0), target = syscall(SYS_pidfd_open, atoi(given("TARGET")), 0);
    try_call(setns(init, CLONE_NEWNS));
    try_call(setns(target, CLONE_NEWNS));
    unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS);
    for (int index = 0; index < 7; index += 1) {
        char path[64];
        snprintf(path, sizeof path, "/proc/1/ns/%s", kinds[index]);
        try_call(setns(open(path, O_RDONLY), 0));
        snprintf(path, sizeof path, "/proc/self/ns/%s", kinds[index]);
        try_call(setns(open(path, O_RDONLY), 0));
    }
    held("%s", strerrorname_np(errno));
}
