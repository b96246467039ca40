import Glibc
import SandboxProtocol
import Units

/// The limits that the kernel keeps for each process by itself. Breach: a signal or an error that
/// the program gets to see.
func resourceLimits(_ limits: RunLimits) -> [ResourceLimit] {
    [
        ResourceLimit(resource: Int32(RLIMIT_FSIZE.rawValue), value: UInt64(limits.fileSize.bytes)),
        ResourceLimit(resource: Int32(RLIMIT_STACK.rawValue), value: UInt64(limits.stack.bytes)),
        // Of 1 the kernel makes no file and starts no program of core_pattern; of 0 it starts that.
        ResourceLimit(resource: Int32(RLIMIT_CORE.rawValue), value: 1),
        ResourceLimit(resource: Int32(RLIMIT_NOFILE.rawValue), value: UInt64(limits.openFiles)),
        // Locked memory and message queues are charged to nobody's cgroup in full.
        ResourceLimit(resource: Int32(__RLIMIT_MEMLOCK.rawValue), value: 64 << 10),
        ResourceLimit(resource: Int32(__RLIMIT_MSGQUEUE.rawValue), value: 800 << 10),
        ResourceLimit(resource: Int32(__RLIMIT_SIGPENDING.rawValue), value: 1024),
        // What whoever started the worker may have: less nice, real-time.
        ResourceLimit(resource: Int32(__RLIMIT_NICE.rawValue), value: 0),
        ResourceLimit(resource: Int32(__RLIMIT_RTPRIO.rawValue), value: 0),
    ]
}
