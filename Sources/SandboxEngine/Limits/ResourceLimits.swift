import Glibc
import SandboxProtocol
import Units

/// The limits that the kernel keeps for each process by itself. Breach: a signal or an error that
/// the program gets to see.
func resourceLimits(_ limits: RunLimits) -> [ResourceLimit] {
    [
        ResourceLimit(resource: Int32(RLIMIT_FSIZE.rawValue), value: UInt64(limits.fileSize.bytes)),
        ResourceLimit(resource: Int32(RLIMIT_STACK.rawValue), value: UInt64(limits.stack.bytes)),
        ResourceLimit(resource: Int32(RLIMIT_CORE.rawValue), value: 0),
        ResourceLimit(resource: Int32(RLIMIT_NOFILE.rawValue), value: UInt64(limits.openFiles)),
        // Locked memory and message queues are charged to nobody's cgroup in full.
        ResourceLimit(resource: Int32(__RLIMIT_MEMLOCK.rawValue), value: 64 << 10),
        ResourceLimit(resource: Int32(__RLIMIT_MSGQUEUE.rawValue), value: 800 << 10),
        ResourceLimit(resource: Int32(__RLIMIT_SIGPENDING.rawValue), value: 1024),
    ]
}
