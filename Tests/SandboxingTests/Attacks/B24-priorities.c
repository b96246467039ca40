// case: B24
// attack: raises its priority for processor and disk, and its limits for both
// expect: held
// outside: through as root
#include "attack.h"
#include <sys/resource.h>
int main(void) {
    struct rlimit nice = {40, 40}, realtime = {99, 99}, files, more;
    try_call(setpriority(PRIO_PROCESS, 0, -20));
    try_call(setpriority(PRIO_PROCESS, 1, 5));
    try_call(syscall(SYS_ioprio_set, 1, 0, 1 << 13));
    try_call(setrlimit(RLIMIT_NICE, &nice));
    try_call(setrlimit(RLIMIT_RTPRIO, &realtime));
    getrlimit(RLIMIT_NOFILE, &files);
    more = (struct rlimit){files.rlim_max + 1, files.rlim_max + 1};
    try_call(setrlimit(RLIMIT_NOFILE, &more));
    must_fail(syscall(SYS_prlimit64, 1, RLIMIT_NOFILE, &files, 0));
}
