import CLinux
import Glibc
import SandboxProtocol
import Units

/// The limits that the kernel keeps for each process by itself. Breach: a signal or an error that
/// the program gets to see. That of descriptors comes later, when the streams have their places.
func resourceLimits(
    _ limits: RunLimits, inherited: InheritedLimits
) -> [ResourceLimit] {
    func atMost(_ value: UInt64, _ resource: UInt32) -> ResourceLimit {
        let resource = Int32(resource)
        return ResourceLimit(resource: resource, value: inherited.atMost(value, resource))
    }
    return [
        ResourceLimit(resource: Int32(RLIMIT_FSIZE.rawValue), value: UInt64(limits.fileSize.bytes)),
        ResourceLimit(resource: Int32(RLIMIT_STACK.rawValue), value: UInt64(limits.stack.bytes)),
        // Of 1 the kernel makes no file and starts no program of core_pattern; of 0 it starts that.
        atMost(1, RLIMIT_CORE.rawValue),
        // Locked memory and message queues are charged to nobody's cgroup in full.
        atMost(64 << 10, __RLIMIT_MEMLOCK.rawValue),
        atMost(800 << 10, __RLIMIT_MSGQUEUE.rawValue),
        atMost(1024, __RLIMIT_SIGPENDING.rawValue),
        // What whoever started the worker may have: less nice, real-time.
        ResourceLimit(resource: Int32(__RLIMIT_NICE.rawValue), value: 0),
        ResourceLimit(resource: Int32(__RLIMIT_RTPRIO.rawValue), value: 0),
    ]
}
