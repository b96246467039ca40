// Makes system calls that a program has no business with and prints `name errno` for each; each
// would succeed, or fail with something else than ENOSYS, without the filter.
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
static void show(const char *name, long result) { printf("%s %d\n", name, result < 0 ? errno : 0); }
int main(void) {
    int pages[2];
    struct clone_args arguments;
    memset(&arguments, 0, sizeof arguments);
    show("unshare", syscall(SYS_unshare, CLONE_NEWUSER));
    show("clone-newuser", syscall(SYS_clone, CLONE_NEWUSER | 17, 0, 0, 0, 0));
    show("clone3", syscall(SYS_clone3, &arguments, 0));
    show("setns", syscall(SYS_setns, -1, 0));
    show("mount", syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, 0));
    show("umount2", syscall(SYS_umount2, "/nowhere", 0));
    show("pivot_root", syscall(SYS_pivot_root, "/", "/"));
    show("chroot", syscall(SYS_chroot, "/nowhere"));
    show("fsopen", syscall(SYS_fsopen, "nothing", 0));
    show("open_tree", syscall(SYS_open_tree, AT_FDCWD, "/", 0));
    show("move_mount", syscall(SYS_move_mount, -1, "", -1, "", 0));
    show("ptrace", syscall(SYS_ptrace, 0, 0, 0, 0));
    show("process_vm_readv", syscall(SYS_process_vm_readv, getpid(), 0, 0, 0, 0, 0));
    show("pidfd_getfd", syscall(SYS_pidfd_getfd, -1, 0, 0));
    show("kcmp", syscall(SYS_kcmp, getpid(), getpid(), 0, 0, 0));
    show("bpf", syscall(SYS_bpf, -1, 0, 0));
    show("io_uring_setup", syscall(SYS_io_uring_setup, 0, 0));
    show("userfaultfd", syscall(SYS_userfaultfd, -1));
    show("perf_event_open", syscall(SYS_perf_event_open, 0, 0, 0, -1, 0));
    show("keyctl", syscall(SYS_keyctl, 0, -3, 0, 0, 0));
    show("add_key", syscall(SYS_add_key, "user", "a", "b", 1, -3));
    show("request_key", syscall(SYS_request_key, "user", "a", 0, 0));
    show("open_by_handle_at", syscall(SYS_open_by_handle_at, -1, 0, 0));
    show("name_to_handle_at", syscall(SYS_name_to_handle_at, AT_FDCWD, "/", 0, 0, 0));
    show("fanotify_init", syscall(SYS_fanotify_init, -1, 0));
    show("init_module", syscall(SYS_init_module, 0, 0, ""));
    show("kexec_load", syscall(SYS_kexec_load, 0, 0, 0, 0));
    show("swapon", syscall(SYS_swapon, "/nowhere", 0));
    show("reboot", syscall(SYS_reboot, 0, 0, 0, 0));
    show("sethostname", syscall(SYS_sethostname, "x", 1));
    show("clock_settime", syscall(SYS_clock_settime, 0, 0));
    show("quotactl", syscall(SYS_quotactl, 0, 0, 0, 0));
    show("syslog", syscall(SYS_syslog, 3, 0, 0));
    show("vmsplice", syscall(SYS_vmsplice, -1, 0, 0, 0));
    show("splice", pipe(pages) ? -1 : syscall(SYS_splice, pages[0], 0, pages[1], 0, 0, 2));
    show("tiocsti", ioctl(0, 0x5412, "x"));
    show("tiocsti-upper", syscall(SYS_ioctl, 0, 0x100005412ul, "x"));
    show("tioclinux", ioctl(0, 0x541c, "x"));
    show("personality", syscall(SYS_personality, 0x0400000));
    show("sched_setaffinity", syscall(SYS_sched_setaffinity, 0, 8, &(unsigned long){~0ul}));
    show("inotify_init", syscall(SYS_inotify_init));
    show("inotify_init1", syscall(SYS_inotify_init1, 0));
    show("inotify_add_watch", syscall(SYS_inotify_add_watch, -1, "/usr/bin", 1));
    show("fcntl-lease", fcntl(0, 1024 /* F_SETLEASE */, F_RDLCK));
    show("fcntl-notify", fcntl(open("/usr/bin", O_RDONLY), 1026 /* F_NOTIFY */, 1));
    for (int family = 3; family < 46; family += 1) {
        char name[32];
        snprintf(name, sizeof name, "socket-%d", family);
        if (family != AF_INET6) show(name, socket(family, SOCK_RAW, 0));
    }
    return 0;
}
