// Theory of operation. Root makes the outer helper's namespaces at once. An ordinary user first makes
// a user namespace, in which he is 0 and may make the others. Of the ids there the helper maps only
// its user's own by itself; a slot's own id is mapped by the worker, through newuidmap, while the
// helper waits.

import CLinux
import Glibc
import Linux
import SandboxProtocol

/// The namespaces that a helper lives in.
enum HelperNamespaces {
    private static let newUser: Int32 = 0x1000_0000
    // CLONE_NEW{NS,PID,NET,IPC,UTS}
    private static let others: Int32 =
        0x0002_0000 | 0x2000_0000 | 0x4000_0000 | 0x0800_0000 | 0x0400_0000

    /// Takes the calling process into namespaces of its own; its next child is process 1.
    /// - Parameters:
    ///   - shared: a user namespace to join in place of a new one.
    ///   - map: asks the worker for the map and returns when it stands.
    /// - Throws: naming the step, and what allows it to an ordinary user.
    static func make(
        _ standing: Standing, joining shared: Int32?, map: () throws(KernelError) -> Void
    ) throws(KernelError) {
        if let shared {
            try check(cl_setns(shared, newUser), "join", "the LAN's user namespace")
        } else if standing != .root {
            try makeUser(mapsItself: standing != .ownIdentity, map: map)
        }
        let result = cl_unshare(others)
        guard result < 0 else { return }
        throw KernelError(
            "make", refusedOwnNamespace(of: UInt64(others)), errno: Int32(-result),
            mend: standing == .root ? nil : mend(Int32(-result), withUser: true))
    }

    /// A user namespace whose 0 is the caller.
    static func makeUser(
        mapsItself: Bool, map: () throws(KernelError) -> Void
    ) throws(KernelError) {
        // Afterwards the process has no id until one is mapped.
        let (user, group) = (geteuid(), getegid())
        let result = cl_unshare(newUser)
        guard result >= 0 else {
            throw KernelError(
                "make a user namespace for", "the helper", errno: Int32(-result),
                mend: mend(Int32(-result), withUser: false))
        }
        guard mapsItself else { return try map() }
        try writeControl("deny", to: "/proc/self/setgroups")
        try writeControl("0 \(user) 1", to: "/proc/self/uid_map")
        try writeControl("0 \(group) 1", to: "/proc/self/gid_map")
    }

    /// The command that most likely opens namespaces to ordinary users.
    private static func mend(_ errno: Int32, withUser: Bool) -> String? {
        func names(_ file: String, _ value: String) -> Bool {
            (try? readControl("/proc/sys/\(file)")) == value
        }
        if errno == ENOSPC { return "run: sudo sysctl user.max_user_namespaces=10000" }
        guard errno == EPERM else { return nil }
        if names("kernel/unprivileged_userns_clone", "0") {
            return "run: sudo sysctl kernel.unprivileged_userns_clone=1"
        }
        if names("kernel/apparmor_restrict_unprivileged_userns", "1") {
            return "run: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
        }
        return withUser ? nil : "allow user namespaces to ordinary users, or run as root"
    }
}
