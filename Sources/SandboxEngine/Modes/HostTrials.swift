import CLinux
import Glibc
import Linux
import SandboxProtocol

/// Mode `trials`: what the kernel lets this program do, tried and not guessed.
///
/// Values are 0 for what worked and else the errno, if nothing else is said.
enum HostTrials {
    private static let namespaces: [(name: String, flag: Int32)] = [
        ("user", 0x1000_0000), ("mount", 0x0002_0000), ("pid", 0x2000_0000),
        ("network", 0x4000_0000), ("ipc", 0x0800_0000), ("uts", 0x0400_0000),
        ("cgroup", 0x0200_0000),
    ]

    static func tell() {
        HelperMode.tell("protocol", String(protocolVersion))
        for (name, flag) in namespaces {
            // Without root every other namespace is made inside a user namespace.
            let needsUser = geteuid() != 0 && name != "user"
            HelperMode.tell("namespace.\(name)", result { unshare(flag, needsUser) })
        }
        HelperMode.tell("overlay", result(overlay))
        HelperMode.tell("device-node", result(deviceNode))
        let actions: [(String, UInt32)] = [
            ("errno", 0x0005_0000), ("user_notif", 0x7fc0_0000),
        ]
        for (name, value) in actions {
            var action = value
            let getActionAvailable: UInt32 = 2
            let answer = cl_seccomp(getActionAvailable, 0, &action)
            HelperMode.tell("seccomp.\(name)", String(answer < 0 ? -answer : 0))
        }
        // The version of the interface, or a negative errno.
        HelperMode.tell("landlock.abi", String(cl_call(444, 0, 0, 1, 0, 0)))
    }

    private static func result(_ trial: () -> Int32) -> String {
        String(HelperMode.inChild(trial) ?? EINTR)
    }

    private static func unshare(_ flag: Int32, _ needsUser: Bool) -> Int32 {
        if needsUser {
            let result = cl_unshare(0x1000_0000)
            if result < 0 { return Int32(-result) }
        }
        let result = cl_unshare(flag)
        if result < 0 { return Int32(-result) }
        // A namespace of process ids begins with its first child.
        guard flag == 0x2000_0000 else { return 0 }
        return HelperMode.inChild { getpid() == 1 ? 0 : EINVAL } ?? EINTR
    }

    /// An overlay of two directories.
    private static func overlay() -> Int32 {
        let refusal = enterOwnTmp()
        if refusal != 0 { return refusal }
        for name in ["lower", "upper", "work", "whole"] where mkdir("/tmp/\(name)", 0o755) < 0 {
            return errno
        }
        let result = cl_mount(
            "overlay", "/tmp/whole", "overlay", 0,
            "lowerdir=/tmp/lower,upperdir=/tmp/upper,workdir=/tmp/work")
        return result < 0 ? Int32(-result) : 0
    }

    /// The node that /dev/null is.
    private static func deviceNode() -> Int32 {
        let refusal = enterOwnTmp()
        if refusal != 0 { return refusal }
        return mknod("/tmp/null", S_IFCHR | 0o666, 1 << 8 | 3) < 0 ? errno : 0
    }

    /// Mounts a file system in memory on /tmp, which nobody else sees.
    private static func enterOwnTmp() -> Int32 {
        let (user, group) = (geteuid(), getegid())
        if user != 0 {
            let result = cl_unshare(0x1000_0000)
            if result < 0 { return Int32(-result) }
            for (file, text) in [
                ("setgroups", "deny"), ("uid_map", "0 \(user) 1"), ("gid_map", "0 \(group) 1"),
            ] {
                do throws(KernelError) {
                    try writeControl(text, to: "/proc/self/\(file)")
                } catch { return error.errno }
            }
        }
        var result = cl_unshare(0x0002_0000)
        if result < 0 { return Int32(-result) }
        result = cl_mount(nil, "/", nil, UInt(MS_REC | MS_PRIVATE), nil)
        if result < 0 { return Int32(-result) }
        result = cl_mount("tmpfs", "/tmp", "tmpfs", 0, nil)
        return result < 0 ? Int32(-result) : 0
    }
}
