import Glibc
import Linux
import SandboxProtocol

/// What a slot's helper stands on: a host identity that no other live slot has, and cgroup
/// directories.
final class SlotPlace {
    /// Host user and group id.
    let identity: UInt32
    let cgroup: SlotCgroup
    let cgroupVersion: CgroupVersion
    private let name: HeldName

    /// Takes the first free identity and makes the directories.
    /// - Throws: naming what could not be had.
    init(_ configuration: SlotConfiguration) throws(KernelError) {
        let hierarchy = try CgroupHierarchy.find(group: configuration.cgroup)
        let first = configuration.firstIdentity + UInt32(configuration.index)
        var index: UInt32 = 0
        // Another process of ours may have slots too.
        while true {
            if let name = try HeldName("judge/identity/\(first + index)") {
                self.name = name
                break
            }
            index += 1
            guard index < 4096 else {
                throw KernelError("find a free slot identity", "from \(first)", errno: EBUSY)
            }
        }
        identity = first + index
        cgroup = try SlotCgroup(hierarchy)
        cgroupVersion = hierarchy.version == .v1 ? .v1 : .v2
    }
}
