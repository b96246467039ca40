import CLinux

#if canImport(Glibc)
    import Glibc
#endif

/// How `listen` looks to the filter: its number, and the AUDIT_ARCH of the machine's own table.
struct ListenCall {
    var number: Int32
    var architecture: UInt32
}

/// How many connections may wait at all listeners of a run together.
///
/// What waits at a TCP listener to be accepted is charged to no cgroup, neither the socket nor what it
/// has received, and outlives the connecting end: without a ration a program could keep gigabytes
/// there. What each may receive is limited beside this, by `ConnectionSetting`.
struct ListenerRation {
    /// One listener with the longest queue of the kernel, and a few of usual ones.
    static let all = 4352
    /// net.core.somaxconn: the kernel takes a longer backlog, and a negative one, for this.
    private static let longest = 4096

    private var given = 0

    /// - Parameter backlog: the argument of `listen`.
    /// - Returns: 0 when the call may go on, else its error.
    mutating func answer(backlog: UInt64) -> Int32 {
        // One more than the backlog says can wait.
        let wanted = min(Int(UInt32(truncatingIfNeeded: backlog)), Self.longest) + 1
        guard given + wanted <= Self.all else { return ENOBUFS }
        given += wanted
        return 0
    }
}
