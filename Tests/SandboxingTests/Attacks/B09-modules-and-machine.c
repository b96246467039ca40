// case: B09
// attack: loads modules and kernels, turns swap and accounting on, powers off
// expect: held
// outside: harmful: where it is let, the host goes down
#include "attack.h"
int main(void) {
    try_call(syscall(SYS_init_module, "", 0, ""));
    try_call(syscall(SYS_finit_module, 0, "", 0));
    try_call(syscall(SYS_delete_module, "none", 0));
    try_call(syscall(SYS_kexec_load, 0, 0, 0, 0));
    try_call(syscall(SYS_swapon, "/tmp/x", 0));
    try_call(syscall(SYS_swapoff, "/tmp/x"));
    try_call(syscall(SYS_acct, 0));
    try_call(syscall(SYS_quotactl, 0, 0, 0, 0));
    try_call(syscall(SYS_sethostname, "x", 1));
    try_call(syscall(SYS_setdomainname, "x", 1));
    must_fail(syscall(SYS_syslog, 3, 0, 0));
}
