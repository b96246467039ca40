// case: A16
// attack: writes to the kernel's settings under /proc: core_pattern, sysrq-trigger, modprobe
// expect: held
// outside: harmful: where it is let, the host is changed
#include "attack.h"
int main(void) {
    try_call(open("/proc/sys/kernel/core_pattern", O_WRONLY));
    try_call(open("/proc/sysrq-trigger", O_WRONLY));
    try_call(open("/proc/sys/kernel/modprobe", O_WRONLY));
    try_call(open("/proc/sys/vm/drop_caches", O_WRONLY));
    try_call(open("/proc/sys/fs/binfmt_misc/register", O_WRONLY));
    try_call(open("/proc/sys/kernel/hostname", O_WRONLY));
    try_call(open("/proc/1/oom_score_adj", O_WRONLY));
    try_call(open("/proc/sys/user/max_user_namespaces", O_WRONLY));
    must_fail(open("/proc/sys/net/ipv4/ping_group_range", O_WRONLY));
}
