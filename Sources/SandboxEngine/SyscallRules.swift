/// One row of the filter: calls that are allowed, and why a program may need them.
///
/// What no row allows answers ENOSYS, so that a libc newer than this list falls back to an older
/// call instead of dying. Calls of a foreign ABI (i386, x32) end the process.
struct SyscallRule {
    let names: [String]
    /// Conditions on one argument, any of which allows the call; empty for always.
    let arguments: [ArgumentRule]
    let reason: String

    init(_ names: String, when arguments: [ArgumentRule] = [], because reason: String) {
        self.names = names.split(separator: " ").map(String.init)
        self.arguments = arguments
        self.reason = reason
    }
}

/// A condition on one argument: `argument & mask == value`.
///
/// The kernel looks at 32 bits of an `int` argument, so a comparison of all 64 would let through
/// what has other upper bits; hence a mask in every row.
struct ArgumentRule {
    let index: UInt32
    let mask: UInt64
    let value: UInt64

    static func equals(_ index: UInt32, _ value: UInt64) -> ArgumentRule {
        ArgumentRule(index: index, mask: 0xffff_ffff, value: value)
    }

    static func without(_ index: UInt32, bits: UInt64) -> ArgumentRule {
        ArgumentRule(index: index, mask: bits, value: 0)
    }
}

/// CLONE_NEW* of every kind, CLONE_NEWTIME included.
private let namespaceFlags: UInt64 = 0x7e02_0080

enum SyscallRules {
    static let all = memory + processes + files + descriptors + time + network + system

    private static let memory = [
        SyscallRule(
            "brk mmap munmap mremap mprotect madvise mincore msync mlock mlock2 munlock mlockall "
                + "munlockall memfd_create pkey_alloc pkey_free pkey_mprotect process_madvise "
                + "map_shadow_stack mseal get_mempolicy set_mempolicy mbind",
            because: "memory of one's own, which the cgroup counts"),
        SyscallRule(
            "shmget shmat shmdt shmctl semget semop semctl semtimedop msgget msgsnd msgrcv msgctl "
                + "mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr",
            because: "IPC objects live in the run's own namespace and end with it"),
    ]

    private static let processes = [
        SyscallRule(
            "fork vfork execve execveat exit exit_group wait4 waitid",
            because: "starting programs; their number is limited by the cgroup"),
        SyscallRule(
            "clone", when: [.without(0, bits: namespaceFlags)],
            because: "threads and processes, but no namespace; clone3 hides its flags in memory"),
        SyscallRule(
            "futex futex_waitv set_tid_address set_robust_list get_robust_list rseq membarrier "
                + "arch_prctl sched_yield sched_getaffinity sched_getparam sched_getscheduler "
                + "sched_get_priority_max sched_get_priority_min sched_rr_get_interval getcpu "
                + "getpriority setpriority restart_syscall",
            because: "what threads are made of; processor and class are not the program's choice"),
        SyscallRule(
            "getpid getppid gettid getpgid getpgrp setpgid getsid setsid getuid geteuid getgid "
                + "getegid getresuid getresgid getgroups setuid setgid setreuid setregid "
                + "setresuid setresgid setfsuid setfsgid setgroups capget capset",
            because: "one's own identity; the namespace maps no other"),
        SyscallRule(
            "kill tkill tgkill rt_sigaction rt_sigprocmask rt_sigpending rt_sigqueueinfo "
                + "rt_tgsigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait sigaltstack pause "
                + "pidfd_open pidfd_send_signal signalfd signalfd4",
            because: "signals reach the run's own processes only"),
        SyscallRule(
            "getrlimit setrlimit prlimit64 getrusage times",
            because: "limits can be lowered, and raised only up to what was given"),
        SyscallRule(
            "prctl",
            when: [1, 2, 3, 4, 15, 16, 21, 22, 23, 29, 30, 36, 37, 38, 39, 40, 41, 42, 0x5356_4d41]
                .map { .equals(0, $0) },
            because: "names, dumpability, timer slack, further filters: of oneself"),
        SyscallRule(
            "personality", when: [0, 0x0004_0000, 0xffff_ffff].map { .equals(0, $0) },
            because: "asking, and switching address randomisation off"),
        SyscallRule(
            "seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self",
            because: "a program may give up more"),
    ]

    private static let files = [
        SyscallRule(
            "open openat openat2 creat close close_range read write readv writev pread64 pwrite64 "
                + "preadv pwritev preadv2 pwritev2 lseek sendfile copy_file_range readahead "
                + "fadvise64 fallocate truncate ftruncate fsync fdatasync sync_file_range",
            because: "files of the view and of the run's own tmpfs"),
        SyscallRule(
            "stat fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat "
                + "getdents getdents64 getcwd chdir fchdir statfs fstatfs getxattr lgetxattr "
                + "fgetxattr listxattr llistxattr flistxattr",
            because: "looking at files"),
        SyscallRule(
            "rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat "
                + "rmdir mknod mknodat chmod fchmod fchmodat fchmodat2 chown fchown lchown "
                + "fchownat utime utimes utimensat futimesat umask",
            because: "changing files of one's own; devices are refused for want of the right"),
        SyscallRule(
            "flock",
            because: "locks; watching files (inotify, F_NOTIFY) would show what the host does"),
    ]

    private static let descriptors = [
        SyscallRule(
            "dup dup2 dup3 pipe pipe2 poll ppoll select pselect6 epoll_create epoll_create1 "
                + "epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2",
            because: "descriptors and waiting for them"),
        SyscallRule(
            "fcntl",
            // Descriptors and flags; locks; owner and signal; locks of open files; pipe size, seals.
            when: (Array(0...11) + [15, 16, 36, 37, 38] + Array(1030...1034))
                .map { .equals(1, $0) },
            because: "neither leases nor F_NOTIFY, which look at the host's files"),
        SyscallRule(
            "ioctl",
            when: [
                0x5401,  // TCGETS: isatty
                0x540f,  // TIOCGPGRP
                0x5413,  // TIOCGWINSZ
                0x541b,  // FIONREAD
                0x5421,  // FIONBIO
                0x5450,  // FIONCLEX
                0x5451,  // FIOCLEX
            ].map { .equals(1, $0) },
            because: "asking, never typing into a terminal (TIOCSTI, TIOCLINUX)"),
    ]

    private static let time = [
        SyscallRule(
            "time gettimeofday clock_gettime clock_getres clock_nanosleep nanosleep alarm "
                + "getitimer setitimer timer_create timer_settime timer_gettime timer_getoverrun "
                + "timer_delete timerfd_create timerfd_settime timerfd_gettime",
            because: "reading clocks and waiting; nobody sets them")
    ]

    private static let network = [
        SyscallRule(
            "socket socketpair", when: [1, 2, 10].map { .equals(0, $0) },
            because: "local and IP sockets, over loopback; no AF_ALG, netlink, packet or vsock"),
        SyscallRule(
            "bind listen accept accept4 connect shutdown getsockname getpeername getsockopt "
                + "setsockopt sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg",
            because: "what such sockets can do"),
    ]

    private static let system = [
        SyscallRule(
            "uname sysinfo getrandom",
            because: "the kernel's version, memory in all, and random bytes")
    ]
}
