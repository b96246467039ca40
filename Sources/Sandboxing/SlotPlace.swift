import Glibc
import Linux
import SandboxProtocol

/// What a slot's helper stands on: an identity on the host, and cgroup directories.
final class SlotPlace {
    let identity: SlotIdentity
    let cgroup: SlotCgroup
    let cgroupVersion: CgroupVersion

    /// Takes the first free identity and makes the directories.
    /// - Throws: naming what could not be had.
    init(_ configuration: SlotConfiguration, inLan: Bool) throws(KernelError) {
        let hierarchy = try CgroupHierarchy.find(group: configuration.cgroup)
        identity = try SlotIdentity(configuration, inLan: inLan)
        cgroup = try SlotCgroup(hierarchy)
        cgroupVersion = hierarchy.version == .v1 ? .v1 : .v2
    }
}
