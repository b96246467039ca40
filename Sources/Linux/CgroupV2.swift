import Glibc

/// The groups of one slot's runs on cgroup v2.
package final class CgroupsV2: RunCgroups {
    private let directory: Int32

    /// - Parameter directories: the slot's, whose controllers memory and pids are on; stays the caller's.
    package init(in directories: [Int32]) throws(KernelError) {
        guard directories.count == 1, let directory = directories.first else {
            throw KernelError("make cgroup", "one hierarchy is needed", errno: EINVAL)
        }
        self.directory = directory
    }

    package func make(
        _ name: String, _ limits: CgroupLimits
    ) throws(KernelError) -> any RunCgroup {
        try CgroupV2(name: name, in: directory, limits: limits)
    }
}

/// A run's group on cgroup v2: one directory; the first process is cloned into it.
private final class CgroupV2: RunCgroup {
    private var group: CgroupDirectory
    private let statistics: ControlFile
    private let state: ControlFile
    private let memory: ControlFile
    private let peak: ControlFile
    private let count: ControlFile
    private let refusals: ControlFile
    private let mostProcesses: ControlFile?
    /// Absent where the kernel, or whoever started it, does without.
    private let waits: ControlFile?
    /// `cgroup.kill`; -1 before Linux 5.14.
    private let killer: Descriptor
    var joinDescriptors: [Int32] { [] }
    var cloneDescriptor: Int32? { group.descriptor.number }
    var extraProcesses: Int { 1 }

    /// Makes the group `name` beneath the slot's directory.
    init(name: String, in directory: Int32, limits: CgroupLimits) throws(KernelError) {
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
        statistics = try ControlFile("cpu.stat", at: number)
        state = try ControlFile("cgroup.events", at: number)
        memory = try ControlFile("memory.events", at: number)
        peak = try ControlFile("memory.peak", at: number)
        count = try ControlFile("pids.current", at: number)
        refusals = try ControlFile("pids.events", at: number)
        mostProcesses = try .ifAny("pids.peak", at: number)
        waits = try? .ifAny("cpu.pressure", at: number)
        killer = try Self.openKiller(number)
    }

    private static func openKiller(_ group: Int32) throws(KernelError) -> Descriptor {
        do throws(KernelError) {
            return try Descriptor.open("cgroup.kill", O_WRONLY, at: group)
        } catch  where error.errno == ENOENT {
            return Descriptor(owning: -1)
        }
    }

    func cpu() throws(KernelError) -> CgroupCpu {
        let text = try statistics.text()
        guard let total = keyedValue(text, "usage_usec"),
            let user = keyedValue(text, "user_usec"),
            let system = keyedValue(text, "system_usec")
        else { throw KernelError("read", "cpu.stat: no usage", errno: EINVAL) }
        return CgroupCpu(total: total * 1_000, user: user * 1_000, system: system * 1_000)
    }

    func pressure() -> CpuPressure? {
        (try? waits?.text()).flatMap { CpuPressure($0) }
    }

    func memoryPeak() throws(KernelError) -> Int64 { try peak.number() }

    func processesPeak() -> Int? {
        (try? mostProcesses?.number()).map { Int($0) - 1 }
    }

    func events() throws(KernelError) -> CgroupEvents {
        let text = try memory.text()
        guard let kills = keyedValue(text, "oom_kill") else {
            throw KernelError("read", "memory.events: no oom_kill", errno: EINVAL)
        }
        // The kernel counts the first victim of a group that dies as one once more. Before Linux 5.17 it
        // does not say whether a group died.
        let groups = keyedValue(text, "oom_group_kill") ?? 0
        return CgroupEvents(
            oomKills: Int(max(min(1, kills), kills - groups)),
            processLimitHits: Int(try refusals.value(of: "max")))
    }

    func cachedFiles() throws(KernelError) -> Int64 {
        try cachedFileBytes(at: group.descriptor.number)
    }

    func socketPeak() -> Int64? { nil }

    func isEmpty(butInit: Bool) throws(KernelError) -> Bool {
        if butInit, try count.number() == 1 { return true }
        return try state.value(of: "populated") == 0
    }

    func kill() {
        // A group that cannot be killed so has its init killed, which the caller does in any case.
        try? writeAll([UInt8(ascii: "1")], to: killer.number, "cgroup.kill")
    }

    func remove() throws(KernelError) {
        try group.remove()
    }
}
