// The rows of the filter, class by class. Numbers are the kernel's, which no header of ours brings.

enum SyscallRules {
    static let classes: [SyscallClass] =
        [
            SyscallClass("memory", memory), SyscallClass("ipc", ipc),
            SyscallClass("processes", processes), SyscallClass("threads", threads),
            SyscallClass("signals", signals), SyscallClass("oneself", oneself),
            SyscallClass("files", FileRules.all), locks,
            SyscallClass("descriptors", descriptors), SyscallClass("time", time),
            SyscallClass("network", network), SyscallClass("system", system),
        ] + ExtraSyscallRules.classes

    private static let memory = [
        SyscallRule(
            "mmap", when: [[.argument(3, "flags", without: ["MAP_HUGETLB": 0x4_0000])]],
            because: "memory of one's own, which the cgroup counts; it does not count huge pages"),
        SyscallRule(
            "brk munmap mremap mprotect mincore msync mlock mlock2 munlock mlockall munlockall "
                + "pkey_alloc pkey_free pkey_mprotect map_shadow_stack mseal",
            because: "memory of one's own"),
        SyscallRule(
            "madvise",
            when: [
                [
                    .argument(
                        2, "advice",
                        among: [
                            "MADV_NORMAL": 0, "MADV_RANDOM": 1, "MADV_SEQUENTIAL": 2,
                            "MADV_WILLNEED": 3, "MADV_DONTNEED": 4, "MADV_FREE": 8,
                            "MADV_REMOVE": 9, "MADV_DONTFORK": 10, "MADV_DOFORK": 11,
                            "MADV_HUGEPAGE": 14, "MADV_NOHUGEPAGE": 15, "MADV_DONTDUMP": 16,
                            "MADV_DODUMP": 17, "MADV_WIPEONFORK": 18, "MADV_KEEPONFORK": 19,
                            "MADV_POPULATE_READ": 22, "MADV_POPULATE_WRITE": 23,
                            "MADV_DONTNEED_LOCKED": 24, "MADV_COLLAPSE": 25,
                            "MADV_GUARD_INSTALL": 102, "MADV_GUARD_REMOVE": 103,
                        ])
                ]
            ],
            because: "what garbage collectors say; pages are merged with nobody's (MADV_MERGEABLE)"),
        SyscallRule(
            "memfd_create", when: [[.argument(1, "flags", without: ["MFD_HUGETLB": 4])]],
            because: "files in memory, which the cgroup counts"),
    ]

    private static let ipc = [
        SyscallRule(
            "shmget", when: [[.argument(2, "flags", without: ["SHM_HUGETLB": 0o4000])]],
            because: "shared memory of the run's own namespace, which ends with it"),
        SyscallRule(
            "shmat shmdt shmctl semget semop semctl semtimedop msgget msgsnd msgrcv msgctl "
                + "mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr",
            because: "IPC objects live in the run's own namespace and end with it"),
    ]

    private static let processes = [
        SyscallRule(
            "fork vfork execve execveat exit exit_group wait4 waitid",
            because: "starting programs; their number is limited by the cgroup"),
        SyscallRule(
            "clone",
            when: [
                [
                    .argument(
                        0, "flags",
                        without: [
                            "CLONE_NEWTIME": 0x80, "CLONE_NEWNS": 0x2_0000,
                            "CLONE_NEWCGROUP": 0x200_0000, "CLONE_NEWUTS": 0x400_0000,
                            "CLONE_NEWIPC": 0x800_0000, "CLONE_NEWUSER": 0x1000_0000,
                            "CLONE_NEWPID": 0x2000_0000, "CLONE_NEWNET": 0x4000_0000,
                        ])
                ]
            ],
            because: "threads and processes, but no namespace; clone3 hides its flags in memory"),
        SyscallRule(
            "getpid getppid gettid getpgid getpgrp setpgid getsid setsid",
            because: "processes of the run's own namespace"),
    ]

    private static let threads = [
        SyscallRule(
            "futex futex_waitv set_tid_address set_robust_list rseq restart_syscall",
            because: "what threads are made of"),
        SyscallRule(
            "membarrier",
            when: [
                [
                    .argument(
                        0, "command",
                        among: [
                            "QUERY": 0, "PRIVATE_EXPEDITED": 8, "REGISTER_PRIVATE_EXPEDITED": 16,
                            "PRIVATE_EXPEDITED_SYNC_CORE": 32,
                            "REGISTER_PRIVATE_EXPEDITED_SYNC_CORE": 64,
                            "PRIVATE_EXPEDITED_RSEQ": 128, "REGISTER_PRIVATE_EXPEDITED_RSEQ": 256,
                        ])
                ]
            ],
            because: "barriers among one's own threads; a global one interrupts other processors"),
        SyscallRule(
            "arch_prctl",
            when: [
                [
                    .argument(
                        0, "code",
                        among: [
                            "ARCH_SET_GS": 0x1001, "ARCH_SET_FS": 0x1002, "ARCH_GET_FS": 0x1003,
                            "ARCH_GET_GS": 0x1004, "ARCH_GET_XCOMP_SUPP": 0x1021,
                            "ARCH_GET_XCOMP_PERM": 0x1022, "ARCH_REQ_XCOMP_PERM": 0x1023,
                            "ARCH_CET_STATUS": 0x3001, "ARCH_SHSTK_ENABLE": 0x5001,
                            "ARCH_SHSTK_DISABLE": 0x5002, "ARCH_SHSTK_LOCK": 0x5003,
                            "ARCH_SHSTK_STATUS": 0x5005,
                        ])
                ]
            ],
            because: "thread-local storage, wide registers, shadow stacks"),
        SyscallRule(
            "sched_yield sched_getaffinity sched_getparam sched_getscheduler "
                + "sched_get_priority_max sched_get_priority_min sched_rr_get_interval getcpu "
                + "getpriority",
            because: "asking; the processor is the slot's choice (no sched_setaffinity)"),
    ]

    private static let signals = [
        SyscallRule(
            "kill tkill tgkill rt_sigaction rt_sigprocmask rt_sigpending rt_sigqueueinfo "
                + "rt_tgsigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait sigaltstack pause "
                + "pidfd_open pidfd_send_signal signalfd signalfd4",
            because: "signals reach the run's own processes only, and never its init")
    ]

    private static let oneself = [
        SyscallRule(
            "getuid geteuid getgid getegid getresuid getresgid getgroups capget",
            because: "asking who one is; there is nobody else to become"),
        SyscallRule(
            "prlimit64",
            when: [
                [
                    .argument(0, "pid", among: ["0": 0]),
                    .argument(1, "resource", among: changeableLimits),
                ],
                [
                    .argument(0, "pid", among: ["0": 0]),
                    .absent(2, "new limit"),
                ],
            ],
            because: "limits of oneself can be lowered; another's, init's included, are its own"),
        SyscallRule(
            "setrlimit", when: [[.argument(0, "resource", among: changeableLimits)]],
            because: "limits of oneself; a core limit of 0 would start the host's core_pattern"),
        SyscallRule("getrlimit getrusage times", because: "what one may use and has used"),
        SyscallRule(
            "prctl",
            when: [
                [
                    .argument(
                        0, "option",
                        among: [
                            "PR_SET_PDEATHSIG": 1, "PR_GET_PDEATHSIG": 2, "PR_GET_DUMPABLE": 3,
                            "PR_SET_DUMPABLE": 4, "PR_SET_NAME": 15, "PR_GET_NAME": 16,
                            "PR_GET_SECCOMP": 21, "PR_CAPBSET_READ": 23, "PR_SET_TIMERSLACK": 29,
                            "PR_GET_TIMERSLACK": 30, "PR_SET_CHILD_SUBREAPER": 36,
                            "PR_GET_CHILD_SUBREAPER": 37, "PR_SET_NO_NEW_PRIVS": 38,
                            "PR_GET_NO_NEW_PRIVS": 39, "PR_GET_TID_ADDRESS": 40,
                            "PR_SET_THP_DISABLE": 41, "PR_GET_THP_DISABLE": 42,
                            "PR_SET_VMA": 0x5356_4d41,
                        ])
                ]
            ],
            because: "names and habits of oneself; a filter of one's own could fill the host's log"),
        SyscallRule(
            "personality",
            when: [
                [
                    .argument(
                        0, "persona",
                        among: [
                            "PER_LINUX": 0, "ADDR_NO_RANDOMIZE": 0x4_0000,
                            "the question": 0xffff_ffff,
                        ])
                ]
            ],
            because: "asking, and switching address randomisation off for oneself"),
    ]

    /// All but RLIMIT_CORE.
    private static let changeableLimits: KeyValuePairs<String, UInt64> = [
        "RLIMIT_CPU": 0, "RLIMIT_FSIZE": 1, "RLIMIT_DATA": 2, "RLIMIT_STACK": 3, "RLIMIT_RSS": 5,
        "RLIMIT_NPROC": 6, "RLIMIT_NOFILE": 7, "RLIMIT_MEMLOCK": 8, "RLIMIT_AS": 9,
        "RLIMIT_LOCKS": 10, "RLIMIT_SIGPENDING": 11, "RLIMIT_MSGQUEUE": 12, "RLIMIT_NICE": 13,
        "RLIMIT_RTPRIO": 14, "RLIMIT_RTTIME": 15,
    ]

    /// Left out where runs share nodes of devices.
    static let locks = SyscallClass(
        "locks",
        [
            SyscallRule(
                "flock",
                because: "locks of whole files, one for each that is open; not for runs of an "
                    + "ordinary user's")
        ])

    private static let descriptors = [
        SyscallRule(
            "dup dup2 dup3 pipe pipe2 poll ppoll select pselect6 epoll_create epoll_create1 "
                + "epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2",
            because: "descriptors and waiting for them"),
        SyscallRule(
            "fcntl",
            when: [
                [
                    .argument(
                        1, "command",
                        among: [
                            "F_DUPFD": 0, "F_GETFD": 1, "F_SETFD": 2, "F_GETFL": 3,
                            "F_DUPFD_CLOEXEC": 1030, "F_SETPIPE_SZ": 1031, "F_GETPIPE_SZ": 1032,
                            "F_ADD_SEALS": 1033, "F_GET_SEALS": 1034,
                        ])
                ],
                [
                    .argument(1, "command", among: ["F_SETFL": 4]),
                    .argument(
                        2, "flags", without: ["O_DIRECT": FileRules.directIO, "O_ASYNC": 0x2000]),
                ],
            ],
            because: "neither leases nor F_NOTIFY, which look at the host's files, nor SIGIO"),
        SyscallRule(
            "ioctl",
            when: [
                [
                    .argument(
                        1, "request",
                        among: [
                            "TCGETS": 0x5401, "TCGETS2": 0x802c_542a, "TIOCGPGRP": 0x540f,
                            "TIOCGWINSZ": 0x5413, "FIONREAD": 0x541b, "FIONBIO": 0x5421,
                            "FIONCLEX": 0x5450, "FIOCLEX": 0x5451,
                        ])
                ]
            ],
            because: "asking whether it is a terminal, never typing into one (TIOCSTI, TIOCLINUX)"),
    ]

    private static let time = [
        SyscallRule(
            "time gettimeofday clock_gettime clock_getres clock_nanosleep nanosleep alarm "
                + "getitimer setitimer timer_create timer_settime timer_gettime timer_getoverrun "
                + "timer_delete timerfd_create timerfd_settime timerfd_gettime",
            because: "reading clocks and waiting; nobody sets them")
    ]

    private static let network = SocketRules.all

    private static let system = [
        SyscallRule(
            "uname sysinfo getrandom",
            because: "the kernel's version, memory in all, and random bytes")
    ]
}
