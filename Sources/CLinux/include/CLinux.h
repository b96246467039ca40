// What Swift cannot spell: calls that glibc hides behind _GNU_SOURCE, has no wrapper for, or declares
// variadic, and macros that do not import. Every function is a thin wrapper of one call and returns
// -errno on failure, so that errno is read in the expression right after the call and nowhere else.
// No path, no number of our own, no policy. Never define _GNU_SOURCE here: it would change the
// types that the Glibc module has already imported.
#ifndef CLINUX_H
#define CLINUX_H

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <net/if.h>
#include <netinet/in.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <linux/sysinfo.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static inline long cl_result(long value) { return value < 0 ? -(long)errno : value; }

// Processes ------------------------------------------------------------------------------------

// The kernel's clone3 without a stack of its own: returns twice, as fork does.
static inline long cl_clone3(struct clone_args *args) {
    return cl_result(syscall(SYS_clone3, args, sizeof *args));
}

extern int clone(int (*function)(void *), void *stack, int flags, void *argument, ...);

// clone(2) with shared memory and descriptors, the caller suspended until the child execs, upon which
// the child has a table of descriptors of its own, or exits.
static inline long cl_vfork(int (*function)(void *), void *stack_top, void *argument) {
    const int flags = 0x100 /* CLONE_VM */ | 0x400 /* CLONE_FILES */ | 0x4000 /* CLONE_VFORK */;
    return cl_result(clone(function, stack_top, flags | SIGCHLD, argument));
}

static inline long cl_unshare(int flags) { return cl_result(syscall(SYS_unshare, flags)); }

static inline long cl_pidfd_open(int pid) { return cl_result(syscall(SYS_pidfd_open, pid, 0)); }

static inline long cl_pidfd_send_signal(int fd, int signal) {
    return cl_result(syscall(SYS_pidfd_send_signal, fd, signal, (void *)0, 0));
}

static inline long cl_pidfd_getfd(int fd, int number) {
    return cl_result(syscall(SYS_pidfd_getfd, fd, number, 0));
}

// What a socket was given and has not sent, or sent and not heard of (SIOCOUTQ).
static inline long cl_unsent(int fd, int *count) { return cl_result(ioctl(fd, 0x5411, count)); }

// Raw waitid: reaps the child behind a pidfd and fills code (CLD_*) and status.
static inline long cl_wait_pidfd(int fd, int *code, int *status) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    long result = syscall(SYS_waitid, 3 /* P_PIDFD */, fd, &info, WEXITED, (void *)0);
    if (result < 0) return -(long)errno;
    *code = info.si_code;
    *status = info.si_status;
    return 0;
}

// wait4 for any child; status decoded into exit code or signal (-1 where it is not the one).
static inline long cl_wait_any(int *exit_code, int *signal, struct rusage *usage) {
    int status = 0;
    long pid = syscall(SYS_wait4, -1, &status, 0, usage);
    if (pid < 0) return -(long)errno;
    *exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    *signal = WIFSIGNALED(status) ? WTERMSIG(status) : -1;
    return pid;
}

// The same without waiting: 0 when no child has ended.
static inline long cl_wait_ended(int *exit_code, int *signal) {
    int status = 0;
    long pid = syscall(SYS_wait4, -1, &status, WNOHANG, (void *)0);
    if (pid < 0) return -(long)errno;
    *exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    *signal = WIFSIGNALED(status) ? WTERMSIG(status) : -1;
    return pid;
}

static inline long cl_prctl(int option, unsigned long a, unsigned long b) {
    return cl_result(prctl(option, a, b, 0UL, 0UL));
}

static inline long cl_setresuid(uid_t uid) { return cl_result(syscall(SYS_setresuid, uid, uid, uid)); }
static inline long cl_setresgid(gid_t gid) { return cl_result(syscall(SYS_setresgid, gid, gid, gid)); }

// Effective ids only, without glibc's broadcast to other threads.
static inline long cl_seteuid(uid_t uid) { return cl_result(syscall(SYS_setresuid, -1, uid, -1)); }
static inline long cl_setegid(gid_t gid) { return cl_result(syscall(SYS_setresgid, -1, gid, -1)); }

static inline long cl_setgroups(size_t count, const gid_t *groups) {
    return cl_result(syscall(SYS_setgroups, count, groups));
}

static inline long cl_capset(uint64_t effective, uint64_t permitted, uint64_t inheritable) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2] = {
        {(uint32_t)effective, (uint32_t)permitted, (uint32_t)inheritable},
        {(uint32_t)(effective >> 32), (uint32_t)(permitted >> 32), (uint32_t)(inheritable >> 32)}};
    return cl_result(syscall(SYS_capset, &header, data));
}

static inline long cl_capget_permitted(uint64_t *permitted) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2];
    memset(data, 0, sizeof data);
    long result = cl_result(syscall(SYS_capget, &header, data));
    *permitted = data[0].permitted | ((uint64_t)data[1].permitted << 32);
    return result;
}

static inline long cl_set_affinity(const unsigned long *mask, size_t bytes) {
    return cl_result(syscall(SYS_sched_setaffinity, 0, bytes, mask));
}

// Of another process.
static inline long cl_set_affinity_of(pid_t pid, const unsigned long *mask, size_t bytes) {
    return cl_result(syscall(SYS_sched_setaffinity, pid, bytes, mask));
}

static inline long cl_get_affinity(unsigned long *mask, size_t bytes) {
    return cl_result(syscall(SYS_sched_getaffinity, 0, bytes, mask));
}

// The hard one of a resource limit of the caller; all bits set for none.
static inline long cl_hard_limit(int resource, uint64_t *hard) {
    uint64_t limit[2] = {0, 0};
    long result = cl_result(syscall(SYS_prlimit64, 0, resource, (void *)0, limit));
    *hard = limit[1];
    return result;
}

// One resource limit of the caller, soft and hard alike; -1 for no limit.
static inline long cl_setrlimit(int resource, uint64_t value) {
    uint64_t limit[2] = {value, value};
    return cl_result(syscall(SYS_prlimit64, 0, resource, limit, (void *)0));
}

static inline long cl_execve(const char *path, char *const *argv, char *const *envp) {
    return cl_result(syscall(SYS_execve, path, argv, envp));
}

// Default action for a signal, glibc's two internal ones included, which signal(2) refuses.
static inline long cl_default_signal(int number) {
    struct { void *handler; unsigned long flags; void *restorer; uint64_t mask; } action;
    memset(&action, 0, sizeof action);
    return cl_result(
        syscall(SYS_rt_sigaction, number, &action, (void *)0, sizeof action.mask));
}

static inline long cl_unblock_signals(void) {
    uint64_t none = 0;
    return cl_result(
        syscall(SYS_rt_sigprocmask, 2 /* SIG_SETMASK */, &none, (void *)0, sizeof none));
}

static inline long cl_block_signal(int number) {
    uint64_t mask = (uint64_t)1 << (number - 1);
    return cl_result(
        syscall(SYS_rt_sigprocmask, 0 /* SIG_BLOCK */, &mask, (void *)0, sizeof mask));
}

// A descriptor that is readable while the blocked signal is pending.
static inline long cl_signal_descriptor(int number) {
    uint64_t mask = (uint64_t)1 << (number - 1);
    return cl_result(syscall(SYS_signalfd4, -1, &mask, sizeof mask, O_CLOEXEC | O_NONBLOCK));
}

// Takes one pending signal away from such a descriptor.
static inline long cl_take_signal(int fd) {
    struct signalfd_siginfo signal;
    return cl_result(syscall(SYS_read, fd, &signal, sizeof signal));
}

static inline long cl_sethostname(const char *name) {
    return cl_result(syscall(SYS_sethostname, name, strlen(name)));
}

// Memory and swap of the machine in bytes; INT64_MAX when the kernel does not say.
static inline int64_t cl_machine_memory(void) {
    struct sysinfo facts;
    if (syscall(SYS_sysinfo, &facts) != 0) return INT64_MAX;
    return (int64_t)((uint64_t)facts.totalram + facts.totalswap) * facts.mem_unit;
}

static inline long cl_chdir(const char *path) { return cl_result(syscall(SYS_chdir, path)); }

static inline long cl_write(int fd, const void *bytes, size_t count) {
    return cl_result(syscall(SYS_write, fd, bytes, count));
}

// Any call by its number: for trials and probes, which make calls that nothing else here makes.
static inline long cl_call(long number, long a, long b, long c, long d, long e) {
    return cl_result(syscall(number, a, b, c, d, e, 0L));
}

static inline long cl_setsid(void) { return cl_result(syscall(SYS_setsid)); }

static inline void cl_exit(int code) { syscall(SYS_exit_group, code); }

// Descriptors ----------------------------------------------------------------------------------

static inline long cl_close(int fd) { return cl_result(syscall(SYS_close, fd)); }

static inline long cl_close_range(unsigned int first, unsigned int last) {
    return cl_result(syscall(SYS_close_range, first, last, 0));
}

static inline long cl_openat(int directory, const char *path, int flags, mode_t mode) {
    return cl_result(syscall(SYS_openat, directory, path, flags, mode));
}

static inline long cl_openat2(
    int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
    struct open_how how = {flags, mode, resolve};
    return cl_result(syscall(SYS_openat2, directory, path, &how, sizeof how));
}

static inline long cl_dup3(int from, int to, int flags) {
    return cl_result(syscall(SYS_dup3, from, to, flags));
}

static inline long cl_duplicate(int fd) { return cl_result(fcntl(fd, F_DUPFD_CLOEXEC, 3)); }

static inline long cl_fcntl(int fd, int command, long argument) {
    return cl_result(fcntl(fd, command, argument));
}

static inline long cl_set_pipe_size(int fd, long bytes) {
    return cl_result(fcntl(fd, 1031 /* F_SETPIPE_SZ */, bytes));
}

static inline long cl_pipe(int *ends) { return cl_result(syscall(SYS_pipe2, ends, O_CLOEXEC)); }

static inline long cl_memfd_create(const char *name) {
    const unsigned int cloexec = 1, allow_sealing = 2, noexec_seal = 8;
    long fd = syscall(SYS_memfd_create, name, cloexec | allow_sealing | noexec_seal);
    // Kernels before 6.3 do not know the flag that takes the execute bit away.
    if (fd < 0 && errno == EINVAL) fd = syscall(SYS_memfd_create, name, cloexec | allow_sealing);
    return cl_result(fd);
}

// Forbids every later change of a memfd: size, content, and the seals themselves.
static inline long cl_seal(int fd) {
    return cl_result(fcntl(fd, 1033 /* F_ADD_SEALS */, 1 | 2 | 4 | 8));
}

static inline long cl_poll(struct pollfd *fds, unsigned long count, int64_t nanoseconds) {
    struct timespec time = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    return cl_result(
        syscall(SYS_ppoll, fds, count, nanoseconds < 0 ? (void *)0 : &time, (void *)0, 0));
}

// Waits for either of two descriptors to become readable; a negative one is left out.
static inline long cl_poll_two(int first, int second, short *first_events, short *second_events) {
    struct pollfd fds[2] = {{first, POLLIN, 0}, {second, POLLIN, 0}};
    long result = cl_result(syscall(SYS_ppoll, fds, 2, (void *)0, (void *)0, 0));
    *first_events = fds[0].revents;
    *second_events = fds[1].revents;
    return result;
}

static inline int64_t cl_monotonic_nanoseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

// Mounts: <linux/mount.h> clashes with the Glibc module's <sys/mount.h>, so its few numbers stand here.
// ---------------------------------------------------------------------------------------

static inline long cl_mount(
    const char *source, const char *target, const char *type, unsigned long flags,
    const char *data) {
    return cl_result(syscall(SYS_mount, source, target, type, flags, data));
}

static inline long cl_umount(const char *target, int flags) {
    return cl_result(syscall(SYS_umount2, target, flags));
}

static inline long cl_pivot_root(const char *root, const char *old) {
    return cl_result(syscall(SYS_pivot_root, root, old));
}

static inline long cl_open_tree(int directory, const char *path, unsigned int flags) {
    return cl_result(syscall(SYS_open_tree, directory, path, flags));
}

// Attaches the mount behind a descriptor at a path.
static inline long cl_move_mount(int tree, int directory, const char *target) {
    return cl_result(
        syscall(SYS_move_mount, tree, "", directory, target, 4 /* MOVE_MOUNT_F_EMPTY_PATH */));
}

// Attaches the mount behind a descriptor on what another descriptor refers to.
static inline long cl_move_mount_onto(int tree, int target) {
    const unsigned int from_empty = 4, to_empty = 0x40;
    return cl_result(syscall(SYS_move_mount, tree, "", target, "", from_empty | to_empty));
}

static inline long cl_mount_setattr(
    int directory, const char *path, unsigned int flags, uint64_t set, uint64_t clear) {
    uint64_t attributes[4] = {set, clear, 0 /* propagation */, 0 /* user namespace */};
    return cl_result(
        syscall(SYS_mount_setattr, directory, path, flags, attributes, sizeof attributes));
}

static inline long cl_fsopen(const char *type) { return cl_result(syscall(SYS_fsopen, type, 1)); }

static inline long cl_fsconfig_string(int fd, const char *key, const char *value) {
    return cl_result(syscall(SYS_fsconfig, fd, 1 /* FSCONFIG_SET_STRING */, key, value, 0));
}

static inline long cl_fsconfig_flag(int fd, const char *key) {
    return cl_result(syscall(SYS_fsconfig, fd, 0 /* FSCONFIG_SET_FLAG */, key, (void *)0, 0));
}

static inline long cl_fsconfig_create(int fd) {
    return cl_result(syscall(SYS_fsconfig, fd, 6 /* FSCONFIG_CMD_CREATE */, (void *)0, (void *)0, 0));
}

static inline long cl_fsmount(int fd, unsigned int attributes) {
    return cl_result(syscall(SYS_fsmount, fd, 1, attributes));
}

// Sockets --------------------------------------------------------------------------------------

static inline long cl_socketpair(int *ends) {
    return cl_result(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends));
}

// Sends one packet with up to 48 descriptors; never raises SIGPIPE.
static inline long cl_send_packet(
    int socket, const void *bytes, size_t count, const int *fds, size_t fd_count) {
    char control[CMSG_SPACE(48 * sizeof(int))];
    struct iovec part = {(void *)bytes, count};
    struct msghdr message;
    memset(&message, 0, sizeof message);
    memset(control, 0, sizeof control);
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (fd_count > 48) return -EINVAL;
    if (fd_count > 0) {
        message.msg_control = control;
        message.msg_controllen = CMSG_SPACE(fd_count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(fd_count * sizeof(int));
        memcpy(CMSG_DATA(header), fds, fd_count * sizeof(int));
    }
    return cl_result(sendmsg(socket, &message, MSG_NOSIGNAL));
}

// Receives one packet; fds holds room for 48, *fd_count says how many came. A packet or descriptor
// list that did not fit is -EMSGSIZE (its descriptors are closed). 0 is the end of the stream.
static inline long cl_receive_packet(
    int socket, void *bytes, size_t capacity, int *fds, size_t *fd_count) {
    char control[CMSG_SPACE(48 * sizeof(int))];
    struct iovec part = {bytes, capacity};
    struct msghdr message;
    memset(&message, 0, sizeof message);
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    *fd_count = 0;
    long count = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    if (count < 0) return -(long)errno;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header != NULL;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        *fd_count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        memcpy(fds, CMSG_DATA(header), *fd_count * sizeof(int));
    }
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
        for (size_t index = 0; index < *fd_count; index += 1) close(fds[index]);
        *fd_count = 0;
        return -EMSGSIZE;
    }
    return count;
}

// The address of an abstract name; 0 when the name is too long.
static inline socklen_t cl_abstract_address(
    struct sockaddr_un *address, const char *name, size_t length) {
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    if (length + 1 > sizeof address->sun_path) return 0;
    memcpy(address->sun_path + 1, name, length);
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + length);
}

// Binds a socket to an abstract name: one holder at a time, gone with the holder.
static inline long cl_hold_name(const char *name, size_t length) {
    struct sockaddr_un address;
    socklen_t size = cl_abstract_address(&address, name, length);
    if (size == 0) return -ENAMETOOLONG;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -(long)errno;
    if (bind(fd, (struct sockaddr *)&address, size) == 0) return fd;
    long result = -(long)errno;
    close(fd);
    return result;
}

// A socket that listens at an abstract name.
static inline long cl_listen_name(const char *name, size_t length) {
    struct sockaddr_un address;
    socklen_t size = cl_abstract_address(&address, name, length);
    if (size == 0) return -ENAMETOOLONG;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -(long)errno;
    if (bind(fd, (struct sockaddr *)&address, size) == 0 && listen(fd, 8) == 0) return fd;
    long result = -(long)errno;
    close(fd);
    return result;
}

// A socket that is connected to whoever listens at an abstract name.
static inline long cl_connect_name(const char *name, size_t length) {
    struct sockaddr_un address;
    socklen_t size = cl_abstract_address(&address, name, length);
    if (size == 0) return -ENAMETOOLONG;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -(long)errno;
    if (connect(fd, (struct sockaddr *)&address, size) == 0) return fd;
    long result = -(long)errno;
    close(fd);
    return result;
}

// A TCP socket that listens on a free port of the host's loopback.
static inline long cl_listen_loopback(unsigned short *port) {
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    long result = -EADDRINUSE;
    // Between bind and listen somebody else may take the port that was free.
    for (int tries = 0; tries < 100 && result == -EADDRINUSE; tries++) {
        address.sin_port = 0;
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0) return -(long)errno;
        if (bind(fd, (struct sockaddr *)&address, size) == 0 && listen(fd, 64) == 0 &&
            getsockname(fd, (struct sockaddr *)&address, &size) == 0) {
            *port = ntohs(address.sin_port);
            return fd;
        }
        result = -(long)errno;
        close(fd);
    }
    return result;
}

// Sets the interface up by its name, in the caller's network namespace.
static inline long cl_interface_up(const char *name) {
    struct ifreq request;
    memset(&request, 0, sizeof request);
    strncpy(request.ifr_name, name, sizeof request.ifr_name - 1);
    int socket_fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket_fd < 0) return -(long)errno;
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    long result = cl_result(ioctl(socket_fd, 0x8914 /* SIOCSIFFLAGS */, &request));
    close(socket_fd);
    return result;
}

#include "Counts.h"
#include "OwnMemory.h"
#include "Places.h"
#include "SecondWall.h"
#include "Streams.h"

#endif
