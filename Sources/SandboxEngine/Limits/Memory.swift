import Linux
import Units

/// Memory of the whole tree, swap, tmpfs and page tables included.
///
/// Set: by the cgroup. Breach: the kernel killed a process of the group for it.
struct MemoryLimit {
    let limit: ByteCount

    func isBreached(_ events: CgroupEvents) -> Bool { events.oomKills > 0 }

    func reason(peak: ByteCount) -> String {
        "peak \(peak) of \(limit), killed by the memory limit"
    }
}
