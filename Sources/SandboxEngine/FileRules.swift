/// The rows for files: of the view to look at, and of the run's own to change, but never so that
/// somebody becomes somebody else by them.
enum FileRules {
    /// O_DIRECT, which is refused: reading past the page cache puts the load of a run onto the host's
    /// disks.
    #if arch(arm64)
        static let directIO: UInt64 = 0x1_0000
    #else
        static let directIO: UInt64 = 0x4000
    #endif

    static let all = [
        SyscallRule(
            "open", when: opening(flags: 1, mode: 2),
            because: "files of the view, by the page cache; openat2 hides its flags in memory"),
        SyscallRule(
            "openat", when: opening(flags: 2, mode: 3),
            because: "files of the view, through the page cache"),
        SyscallRule(
            "creat", when: [[plainMode(1)]], because: "files of the run's own tmpfs"),
        SyscallRule(
            "close close_range read write readv writev pread64 pwrite64 preadv pwritev lseek "
                + "fallocate truncate ftruncate",
            because: "files of the view and of the run's own tmpfs; preadv2 and cachestat would "
                + "tell what others have read"),
        SyscallRule(
            "fsync fdatasync sync_file_range", answer: .success,
            because: "what a run writes is in memory; asked of a host's file they flush its disk"),
        SyscallRule(
            "stat fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat "
                + "getdents getdents64 getcwd chdir fchdir getxattr lgetxattr fgetxattr listxattr "
                + "llistxattr flistxattr",
            because: "looking at files"),
        SyscallRule(
            "rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat "
                + "rmdir chown fchown lchown fchownat utime utimes utimensat futimesat umask",
            because: "changing files of one's own"),
        SyscallRule(
            "chmod fchmod", when: [[plainMode(1)]],
            because: "who may use them, never as whom: a writable directory may be the host's"),
        SyscallRule(
            "fchmodat fchmodat2", when: [[plainMode(2)]],
            because: "who may use them, never as whom: a writable directory may be the host's"),
        SyscallRule(
            "mknod", when: [[fileKind(1)]],
            because: "pipes with a name and plain files, no devices and nobody's id"),
        SyscallRule(
            "mknodat", when: [[fileKind(2)]],
            because: "pipes with a name and plain files, no devices and nobody's id"),
    ]

    /// Neither another kind nor S_ISUID and S_ISGID, which stand beside the bits that are let through:
    /// a rule can look at an argument once.
    private static func fileKind(_ index: UInt32) -> ArgumentRule {
        .argument(index, "mode", among: fileKinds, besides: 0xffff_03ff)
    }

    /// Nobody becomes somebody else by a file that a run leaves.
    private static func plainMode(_ index: UInt32) -> ArgumentRule {
        .argument(index, "mode", without: ["S_ISUID": 0o4000, "S_ISGID": 0o2000])
    }

    /// Where no file is made the mode is whatever the register holds.
    private static func opening(flags: UInt32, mode: UInt32) -> [[ArgumentRule]] {
        [
            [
                .argument(
                    flags, "flags",
                    without: ["O_DIRECT": directIO, "O_CREAT": 0x40, "O_TMPFILE": 0x40_0000])
            ],
            [.argument(flags, "flags", without: ["O_DIRECT": directIO]), plainMode(mode)],
        ]
    }

    private static let fileKinds: KeyValuePairs<String, UInt64> = [
        "none": 0, "S_IFIFO": 0x1000, "S_IFREG": 0x8000, "S_IFSOCK": 0xc000,
    ]
}
