// case: A15
// attack: looks for /sys, cgroupfs, debugfs and tracefs at the places where they are mounted
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    try_call(access("/sys/kernel", F_OK));
    try_call(access("/sys/fs/cgroup", F_OK));
    try_call(access("/sys/kernel/debug", F_OK));
    try_call(access("/sys/kernel/tracing", F_OK));
    try_call(access("/run/systemd", F_OK));
    must_fail(open("/sys/class/net", O_RDONLY));
}
