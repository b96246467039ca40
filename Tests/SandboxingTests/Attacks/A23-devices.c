// case: A23
// attack: makes device nodes, and opens the disks of the host
// expect: held
// outside: through as root or absent
#include "attack.h"
#include <sys/sysmacros.h>
int main(void) {
    try_call(mknod("/tmp/null", S_IFCHR | 0666, makedev(1, 3)));
    try_call(mknod("/tmp/memory", S_IFCHR | 0666, makedev(1, 1)));
    try_call(mknod("/tmp/disk", S_IFBLK | 0666, makedev(8, 0)));
    try_call(mknod("/dev/shm/disk", S_IFBLK | 0666, makedev(254, 0)));
    const char *disks[] = {"/dev/sda", "/dev/vda", "/dev/nvme0n1", "/dev/mem", "/dev/kvm", "/dev/fuse", "/dev/ptmx", "/dev/tty", "/dev/loop0", "/dev/net/tun", "/dev/console"};
    for (int index = 0; index < 11; index += 1) try_call(open(disks[index], O_RDONLY));
    held("%s", strerrorname_np(errno));
}
