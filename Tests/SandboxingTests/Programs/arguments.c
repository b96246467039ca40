// Calls that depend on an argument, each just outside of what is allowed (`- name`) and just inside
// (`+ name`), with its errno, 0 for a success.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
static void show(const char *name, long result) {
    printf("%s %d\n", name, result < 0 ? errno : 0);
}
static int ask(int socket, int level, int option) {
    char value[64];
    return getsockopt(socket, level, option, value, &(socklen_t){sizeof value});
}
static int option(int socket, int level, int option) {
    int one = 1;
    return setsockopt(socket, level, option, &one, sizeof one);
}
static void memory(void) {
    const int kind = MAP_PRIVATE | MAP_ANONYMOUS;
    char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, kind, -1, 0);
    show("+ mmap", (long)page);
    show("- mmap-huge", (long)mmap(0, 2 << 20, PROT_READ, kind | MAP_HUGETLB, -1, 0));
    show("+ memfd", syscall(SYS_memfd_create, "a", 0));
    show("- memfd-huge", syscall(SYS_memfd_create, "a", 4 /* MFD_HUGETLB */));
    show("+ shmget", shmget(IPC_PRIVATE, 4096, 0600 | IPC_CREAT));
    show("- shmget-huge", shmget(IPC_PRIVATE, 2 << 20, 0600 | IPC_CREAT | SHM_HUGETLB));
    show("+ madvise", madvise(page, 4096, MADV_DONTNEED));
    show("- madvise-merge", madvise(page, 4096, 12 /* MADV_MERGEABLE */));
    show("- madvise-poison", madvise(page, 4096, 100 /* MADV_HWPOISON */));
    show("- mbind", syscall(SYS_mbind, page, 4096, 0, 0, 0, 0));
}
static void oneself(void) {
    struct rlimit limit;
    unsigned long address;
    show("+ prlimit", syscall(SYS_prlimit64, 0, RLIMIT_CORE, 0, &limit));
    limit.rlim_cur = limit.rlim_max = 1;
    show("+ getrlimit", getrlimit(RLIMIT_CORE, &limit));
    show("+ setrlimit", syscall(SYS_setrlimit, RLIMIT_CPU, &(struct rlimit){60, 60}));
    show("- setrlimit-core", syscall(SYS_setrlimit, RLIMIT_CORE, &(struct rlimit){0, 0}));
    show("- prlimit-core", syscall(SYS_prlimit64, 0, RLIMIT_CORE, &(struct rlimit){0, 0}, 0));
    show("- prlimit-init", syscall(SYS_prlimit64, 1, RLIMIT_CPU, &limit, 0));
    show("- prlimit-self-by-pid", syscall(SYS_prlimit64, getpid(), RLIMIT_CORE, 0, &limit));
    show("+ prctl-name", syscall(SYS_prctl, 15, "name"));
    show("- prctl-seccomp", syscall(SYS_prctl, 22 /* PR_SET_SECCOMP */, 2, 0));
    show("- prctl-mm", syscall(SYS_prctl, 35 /* PR_SET_MM */, 0, 0, 0, 0));
    show("- prctl-keepcaps", syscall(SYS_prctl, 8, 1));
    show("+ personality", syscall(SYS_personality, 0xffffffff));
    show("- personality-exec", syscall(SYS_personality, 0x0400000));
    show("- personality-bsd", syscall(SYS_personality, 6));
    show("- setpriority", setpriority(PRIO_PROCESS, 0, 5));
    show("- setpriority-init", setpriority(PRIO_PROCESS, 1, 19));
    show("- sched_setscheduler",
         syscall(SYS_sched_setscheduler, 0, SCHED_OTHER, &(struct sched_param){0}));
    show("- ioprio_set", syscall(SYS_ioprio_set, 1, 0, 2 << 13));
    show("+ arch_prctl", syscall(SYS_arch_prctl, 0x1003 /* ARCH_GET_FS */, &address));
    show("- arch_prctl-vdso", syscall(SYS_arch_prctl, 0x2003 /* ARCH_MAP_VDSO_64 */, 0));
    show("- arch_prctl-tagging", syscall(SYS_arch_prctl, 0x4002, 1));
    show("+ membarrier", syscall(SYS_membarrier, 0, 0));
    show("- membarrier-global", syscall(SYS_membarrier, 1, 0));
    show("- setuid", setuid(getuid()));
    show("- setgroups", syscall(SYS_setgroups, 0, 0));
    show("- capset", syscall(SYS_capset, 0, 0));
    show("- seccomp", syscall(SYS_seccomp, 2, 0, &(unsigned){0}));
    show("- landlock", syscall(SYS_landlock_create_ruleset, 0, 0, 1));
    show("- sched_setaffinity", syscall(SYS_sched_setaffinity, 0, 8, &(unsigned long){1}));
}
static void files(void) {
    char directory[] = "/tmp/judge-arguments-XXXXXX";
    if (!mkdtemp(directory) || chdir(directory)) return;
    int file = open("file", O_RDWR | O_CREAT, 0600);
    show("+ open", file);
    show("- open-direct", open("/usr/bin/env", O_RDONLY | O_DIRECT));
    show("- openat2", syscall(SYS_openat2, AT_FDCWD, "/tmp", 0, 0));
    show("+ fsync", fsync(file));
    show("+ fcntl-getfl", fcntl(file, F_GETFL));
    show("+ fcntl-nonblock", fcntl(file, F_SETFL, O_NONBLOCK));
    show("- fcntl-direct", fcntl(file, F_SETFL, O_DIRECT));
    show("- fcntl-async", fcntl(file, F_SETFL, O_ASYNC));
    show("- fcntl-lease", fcntl(file, F_SETLEASE, F_RDLCK));
    show("- fcntl-owner", fcntl(file, F_SETOWN, getpid()));
    show("+ mkfifo", mknod("pipe", S_IFIFO | 0600, 0));
    show("- mknod-character", mknod("null", S_IFCHR | 0600, 0x103));
    show("- mknodat-block", mknodat(AT_FDCWD, "disk", S_IFBLK | 0600, 0x800));
    const long above = 1l << 32;
    show("+ open-any-mode", syscall(SYS_openat, AT_FDCWD, "file", O_RDONLY, -1));
    show("+ chmod", syscall(SYS_chmod, "file", above | 01755));
    show("- chmod-above", syscall(SYS_chmod, "file", above | 04755));
    show("- fchmod-user", fchmod(file, 04700));
    show("- fchmod-group", fchmod(file, 02770));
    show("- fchmodat-user", fchmodat(AT_FDCWD, "file", 04700, 0));
    show("- fchmodat2-user", syscall(452, AT_FDCWD, "file", 04700, 0));
    show("- open-user", syscall(SYS_open, "made", O_WRONLY | O_CREAT, 04700));
    show("- openat-user", syscall(SYS_openat, AT_FDCWD, "made", O_WRONLY | O_CREAT, 04700));
    show("- openat-unnamed", syscall(SYS_openat, AT_FDCWD, ".", O_WRONLY | O_TMPFILE, 04700));
    show("+ openat-unnamed", syscall(SYS_openat, AT_FDCWD, ".", O_WRONLY | O_TMPFILE, 0700));
    show("- creat-group", syscall(SYS_creat, "made", 02770));
    show("- mknod-user", syscall(SYS_mknod, "made", S_IFREG | 04700, 0));
    show("- mknodat-user", syscall(SYS_mknodat, AT_FDCWD, "made", S_IFREG | 04700, 0));
    show("- statfs", syscall(SYS_statfs, "/usr", file));
    show("- preadv2", syscall(SYS_preadv2, file, 0, 0, 0, 0, 8));
    show("- sendfile", syscall(SYS_sendfile, file, file, 0, 0));
    show("- copy_file_range", syscall(SYS_copy_file_range, file, 0, file, 0, 0, 0));
    show("- fadvise", syscall(SYS_fadvise64, file, 0, 0, 4 /* POSIX_FADV_DONTNEED */));
    show("- readahead", syscall(SYS_readahead, file, 0, 0));
    unlink("file"), unlink("pipe"), unlink("made"), rmdir(directory);
}
static void sockets(void) {
    int tcp = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
    show("+ socket", tcp);
    show("+ reuse-address", option(tcp, SOL_SOCKET, SO_REUSEADDR));
    show("+ no-delay", option(tcp, IPPROTO_TCP, 1));
    show("+ ask-error", ask(tcp, SOL_SOCKET, SO_ERROR));
    show("+ ask-tcp", ask(tcp, IPPROTO_TCP, 11 /* TCP_INFO */));
    show("- ask-filter", ask(tcp, SOL_SOCKET, 26 /* SO_GET_FILTER */));
    show("- ask-zero-copy", ask(tcp, IPPROTO_TCP, 35 /* TCP_ZEROCOPY_RECEIVE */));
    show("- ask-iptables", ask(tcp, IPPROTO_IP, 64 /* IPT_SO_GET_INFO */));
    // The kernel looks at 32 bits: what stands above them neither opens nor closes.
    const unsigned long above = 1ul << 32;
    show("+ socket-above", syscall(SYS_socket, above | AF_INET, above | SOCK_STREAM, above));
    show("- netlink-above", syscall(SYS_socket, above | AF_NETLINK, above | SOCK_DGRAM, above));
    show("+ ioctl", ioctl(tcp, FIONBIO, &(int){1}));
    show("- ioctl-above", syscall(SYS_ioctl, tcp, above | SIOCGIFFLAGS, "lo"));
    show("- ioctl-async", ioctl(tcp, FIOASYNC, &(int){1}));
    show("- attach-filter", option(tcp, SOL_SOCKET, 26));
    show("- attach-bpf", option(tcp, SOL_SOCKET, 50));
    show("- attach-reuseport", option(tcp, SOL_SOCKET, 51));
    show("- bind-to-device", option(tcp, SOL_SOCKET, 25));
    show("- mark", option(tcp, SOL_SOCKET, 36));
    show("- busy-poll", option(tcp, SOL_SOCKET, 46));
    show("- zero-copy", option(tcp, SOL_SOCKET, 60));
    show("- congestion", option(tcp, IPPROTO_TCP, 13));
    show("- ulp", option(tcp, IPPROTO_TCP, 31));
    show("- iptables", option(tcp, IPPROTO_IP, 64));
    show("- ip-options", option(tcp, IPPROTO_IP, 4));
    show("- udplite-level", option(tcp, 136, 10));
    show("- raw-level", option(tcp, 255, 1));
    int udp = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in discard = {
        .sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct iovec piece = {"x", 1};
    struct msghdr message = {
        .msg_name = &discard, .msg_namelen = sizeof discard, .msg_iov = &piece, .msg_iovlen = 1};
    struct mmsghdr messages = {message, 0};
    // There may be an error of the last one to tell first: nobody listens there.
    show("+ sendto-above", syscall(SYS_sendto, udp, "x", 1, above | MSG_NOSIGNAL, &discard, sizeof discard));
    udp = socket(AF_INET, SOCK_DGRAM, 0);
    show("+ sendmsg", sendmsg(udp, &message, MSG_DONTWAIT));
    udp = socket(AF_INET, SOCK_DGRAM, 0);
    show("+ sendmmsg", sendmmsg(udp, &messages, 1, 0));
    udp = socket(AF_INET, SOCK_DGRAM, 0);
    // Answered, and not heeded: what is asked for would be told.
    int heeded = 0, heeded6 = 0, udp6 = socket(AF_INET6, SOCK_DGRAM, 0);
    show("+ recverr", option(udp, IPPROTO_IP, IP_RECVERR));
    getsockopt(udp, IPPROTO_IP, IP_RECVERR, &heeded, &(socklen_t){sizeof heeded});
    option(udp6, IPPROTO_IPV6, IPV6_RECVERR);
    getsockopt(udp6, IPPROTO_IPV6, IPV6_RECVERR, &heeded6, &(socklen_t){sizeof heeded6});
    errno = ENOSYS;
    show("- recverr-heeded", heeded || heeded6 ? 0 : -1);
    show("- sendto-more-above", syscall(SYS_sendto, udp, "x", 1, above | MSG_MORE, &discard, sizeof discard));
    show("- sendmsg-more", sendmsg(udp, &message, MSG_MORE | MSG_DONTWAIT));
    show("- sendmmsg-more", sendmmsg(udp, &messages, 1, MSG_MORE));
}
int main(void) {
    memory();
    oneself();
    files();
    sockets();
    return 0;
}
