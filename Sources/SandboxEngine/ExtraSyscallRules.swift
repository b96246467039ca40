import SandboxProtocol

/// The rows that a language has to ask for.
///
/// What no class has, however useful: sched_setaffinity and real-time scheduling (the slot's processor
/// would not be its own), ioprio_set (raises), inotify (shows what other runs open), statmount and
/// openat2 (decide by memory), splice, vmsplice, tee and sendfile (put pages that all runs share into
/// pipes and sockets), process_madvise and whatever else works on another process, io_uring and
/// native asynchronous I/O (many faults in the past), seccomp and Landlock (fill the host's log).
enum ExtraSyscallRules {
    static let classes = [
        SyscallClass(
            .numa,
            [
                SyscallRule(
                    "get_mempolicy set_mempolicy set_mempolicy_home_node mbind",
                    because: "where one's own memory lies; JVM with UseNUMA, .NET, libnuma")
            ]),
        SyscallClass(
            .priorities,
            [
                SyscallRule(
                    "setpriority",
                    when: [
                        [
                            .argument(0, "which", among: ["PRIO_PROCESS": 0]),
                            .argument(1, "who", among: ["0": 0]),
                        ]
                    ],
                    because: "being nicer; less than nice is refused for want of the right"),
                SyscallRule(
                    "sched_setscheduler",
                    when: [
                        [
                            .argument(0, "pid", among: ["0": 0]),
                            .argument(
                                1, "policy",
                                among: ["SCHED_BATCH": 3, "SCHED_IDLE": 5]),
                        ],
                        [.argument(1, "policy", among: ["SCHED_OTHER": 0])],
                    ],
                    because:
                        "giving way, and for any thread what it has already, as Mono does; never real-time"
                ),
            ]),
        SyscallClass(
            .diskSpace,
            [
                SyscallRule(
                    "statfs fstatfs",
                    because: "how full file systems are; shows the disk behind the host's files")
            ]),
        SyscallClass(
            .interfaces,
            [
                SyscallRule(
                    "ioctl",
                    when: [
                        [
                            .argument(
                                1, "request",
                                among: [
                                    "SIOCGIFNAME": 0x8910, "SIOCGIFCONF": 0x8912,
                                    "SIOCGIFFLAGS": 0x8913, "SIOCGIFADDR": 0x8915,
                                    "SIOCGIFBRDADDR": 0x8919, "SIOCGIFNETMASK": 0x891b,
                                    "SIOCGIFMTU": 0x8921, "SIOCGIFINDEX": 0x8933,
                                ])
                        ]
                    ],
                    because: "asking for the run's own interfaces, as Java's NetworkInterface does")
            ]),
        SyscallClass(
            .fileCopies,
            [
                SyscallRule(
                    "copy_file_range",
                    because: "copying a file without its bytes passing through the program")
            ]),
        SyscallClass(
            .readAhead,
            [
                SyscallRule("readahead", because: "reading ahead"),
                SyscallRule(
                    "fadvise64",
                    when: [
                        [
                            .argument(
                                3, "advice",
                                among: [
                                    "POSIX_FADV_NORMAL": 0, "POSIX_FADV_RANDOM": 1,
                                    "POSIX_FADV_SEQUENTIAL": 2, "POSIX_FADV_WILLNEED": 3,
                                ])
                        ]
                    ],
                    because: "how one will read; not that others' cached pages may go (DONTNEED)"),
            ]),
        SyscallClass(
            .rangeLocks,
            [
                SyscallRule(
                    "fcntl",
                    when: [
                        [
                            .argument(
                                1, "command",
                                among: [
                                    "F_GETLK": 5, "F_SETLK": 6, "F_SETLKW": 7, "F_OFD_GETLK": 36,
                                    "F_OFD_SETLK": 37, "F_OFD_SETLKW": 38,
                                ])
                        ]
                    ],
                    because: "locks of parts of files, as SQLite takes them, charged to nobody; "
                        + "not for runs of an ordinary user's")
            ]),
    ]
}
