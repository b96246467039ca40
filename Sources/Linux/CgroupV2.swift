import Glibc

/// A run's group on cgroup v2: one directory; the first process is cloned into it.
package final class CgroupV2: RunCgroup {
    private let group: CgroupDirectory
    private let statistics: Descriptor
    private let state: Descriptor
    /// `cgroup.kill`; -1 before Linux 5.14.
    private let killer: Descriptor
    package var joinDescriptors: [Int32] { [] }
    package var cloneDescriptor: Int32? { group.descriptor.number }
    package var extraProcesses: Int { 1 }

    /// Makes the group `name` beneath the slot's directory, whose controllers memory and pids are on.
    package init(
        name: String, in directories: [Int32], limits: CgroupLimits
    ) throws(KernelError) {
        guard directories.count == 1, let directory = directories.first else {
            throw KernelError("make cgroup", "one hierarchy is needed", errno: EINVAL)
        }
        group = try CgroupDirectory(making: name, in: directory)
        let number = group.descriptor.number
        try writeControl(String(limits.memory), to: "memory.max", at: number)
        do throws(KernelError) {
            try writeControl("0", to: "memory.swap.max", at: number)
        } catch  where error.errno == ENOENT {
            try refuseUncountedSwap(error)
        }
        // All or none: a run that lost one process to the limit has no meaning left.
        try writeControl("1", to: "memory.oom.group", at: number)
        // Init is in the group beside the program.
        try writeControl(String(limits.processes + 1), to: "pids.max", at: number)
        statistics = try Descriptor.open("cpu.stat", O_RDONLY, at: number)
        state = try Descriptor.open("cgroup.events", O_RDONLY, at: number)
        killer = try Self.openKiller(number)
    }

    private static func openKiller(_ group: Int32) throws(KernelError) -> Descriptor {
        do throws(KernelError) {
            return try Descriptor.open("cgroup.kill", O_WRONLY, at: group)
        } catch  where error.errno == ENOENT {
            return Descriptor(owning: -1)
        }
    }

    package func cpu() throws(KernelError) -> CgroupCpu {
        let text = try readControl(statistics.number, "cpu.stat")
        guard let total = keyedValue(text, "usage_usec"),
            let user = keyedValue(text, "user_usec"),
            let system = keyedValue(text, "system_usec")
        else { throw KernelError("read", "cpu.stat: no usage", errno: EINVAL) }
        return CgroupCpu(total: total * 1_000, user: user * 1_000, system: system * 1_000)
    }

    package func memoryPeak() throws(KernelError) -> Int64 {
        try controlNumber("memory.peak", at: group.descriptor.number)
    }

    package func processesPeak() -> Int? {
        (try? controlNumber("pids.peak", at: group.descriptor.number)).map { Int($0) - 1 }
    }

    package func events() throws(KernelError) -> CgroupEvents {
        let memory = try readControl("memory.events", at: group.descriptor.number)
        let pids = try readControl("pids.events", at: group.descriptor.number)
        guard let kills = keyedValue(memory, "oom_kill"), let hits = keyedValue(pids, "max") else {
            throw KernelError("read", "memory.events: no oom_kill", errno: EINVAL)
        }
        // The kernel counts the first victim of a group that dies as one once more. Before Linux 5.17 it
        // does not say whether a group died.
        let groups = keyedValue(memory, "oom_group_kill") ?? 0
        return CgroupEvents(
            oomKills: Int(max(min(1, kills), kills - groups)), processLimitHits: Int(hits))
    }

    package func cachedFiles() throws(KernelError) -> Int64 {
        try cachedFileBytes(at: group.descriptor.number)
    }

    package func socketPeak() -> Int64? { nil }

    package func isEmpty() throws(KernelError) -> Bool {
        keyedValue(try readControl(state.number, "cgroup.events"), "populated") == 0
    }

    package func kill() {
        // A group that cannot be killed so has its init killed, which the caller does in any case.
        try? writeAll([UInt8(ascii: "1")], to: killer.number, "cgroup.kill")
    }

    package func remove() throws(KernelError) {
        try group.remove()
    }
}
