// One call of each class that a language has to ask for, `CLASS errno` a line.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>
static void show(const char *name, long result) {
    printf("%s %d\n", name, result < 0 ? errno : 0);
}
int main(void) {
    struct statfs facts;
    struct ifreq request = {.ifr_name = "lo"};
    int file = syscall(SYS_memfd_create, "file", 0);
    int pair = socket(AF_INET, SOCK_DGRAM, 0);
    show("numa", syscall(SYS_get_mempolicy, 0, 0, 0, 0, 0));
    show("priorities", setpriority(PRIO_PROCESS, 0, 5));
    show("priorities", sched_setscheduler(0, SCHED_BATCH, &(struct sched_param){0}));
    show("priorities",
         syscall(SYS_sched_setscheduler, getpid(), SCHED_OTHER, &(struct sched_param){0}));
    show("disk-space", fstatfs(file, &facts));
    show("interfaces", ioctl(pair, SIOCGIFFLAGS, &request));
    show("file-copies", syscall(SYS_copy_file_range, file, 0, file, 0, 0, 0));
    show("read-ahead", syscall(SYS_fadvise64, file, 0, 0, 1));
    show("range-locks", fcntl(file, F_SETLK, &(struct flock){.l_type = F_WRLCK, .l_len = 1}));
    show("range-locks", fcntl(file, F_OFD_SETLKW, &(struct flock){.l_type = F_WRLCK, .l_start = 1}));
    // What no class has, though its neighbour is in one.
    show("none", setpriority(PRIO_PROCESS, 1, 19));
    show("none", syscall(SYS_sched_setscheduler, 1, SCHED_IDLE, &(struct sched_param){0}));
    show("none", syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &(struct sched_param){1}));
    show("none", ioctl(pair, SIOCSIFFLAGS, &request));
    show("none", syscall(SYS_fadvise64, file, 0, 0, 4));
    show("none", syscall(SYS_sendfile, file, file, 0, 0));
    return 0;
}
