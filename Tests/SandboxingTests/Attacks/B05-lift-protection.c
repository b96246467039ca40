// case: B05
// attack: makes a read-only mount writable again by remounting and mount_setattr
// expect: held
// outside: untried: on a host that is where nothing is protected
#include "attack.h"
#include <sys/mount.h>
int main(void) {
    uint64_t attributes[4] = {0, 1 /* MOUNT_ATTR_RDONLY */, 0, 0};
    try_call(mount(0, "/usr/bin", 0, MS_REMOUNT | MS_BIND, 0));
    try_call(mount(0, "/box", 0, MS_REMOUNT, 0));
    try_call(umount2("/proc", MNT_DETACH));
    try_call(syscall(SYS_mount_setattr, AT_FDCWD, "/usr/bin", 0, attributes, sizeof attributes));
    must_fail(syscall(SYS_move_mount, AT_FDCWD, "/tmp", AT_FDCWD, "/usr", 0));
}
