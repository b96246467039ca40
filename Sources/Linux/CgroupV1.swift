import Glibc

/// A run's group on cgroup v1: one directory in each of memory, pids and cpuacct.
package final class CgroupV1: RunCgroup {
    private let memory: CgroupDirectory
    private let pids: CgroupDirectory
    private let cpuacct: CgroupDirectory
    private let tasks: [SharedDescriptor]
    private let kills: ControlFile
    private let peak: ControlFile
    private let count: ControlFile
    private let refusals: ControlFile
    private let mostProcesses: ControlFile?
    private let usage: (all: ControlFile, user: ControlFile, system: ControlFile)
    package let joinDescriptors: [Int32]
    package var cloneDescriptor: Int32? { nil }
    package var extraProcesses: Int { 0 }

    /// Makes the group `name` beneath the slot's `directories`: memory, pids, cpuacct.
    package init(
        name: String, in directories: [Int32], limits: CgroupLimits
    ) throws(KernelError) {
        guard directories.count == 3 else {
            throw KernelError("make cgroup", "three hierarchies are needed", errno: EINVAL)
        }
        memory = try CgroupDirectory(making: name, in: directories[0])
        pids = try CgroupDirectory(making: name, in: directories[1])
        cpuacct = try CgroupDirectory(making: name, in: directories[2])
        try Self.limitMemory(to: limits.memory, at: memory.descriptor.number)
        try writeControl(String(limits.processes), to: "pids.max", at: pids.descriptor.number)
        let numbers = (
            memory: memory.descriptor.number, pids: pids.descriptor.number,
            cpuacct: cpuacct.descriptor.number
        )
        kills = try ControlFile("memory.oom_control", at: numbers.memory)
        peak = try Self.openPeak(numbers.memory)
        count = try ControlFile("pids.current", at: numbers.pids)
        refusals = try ControlFile("pids.events", at: numbers.pids)
        mostProcesses = try .ifAny("pids.peak", at: numbers.pids)
        usage = (
            try ControlFile("cpuacct.usage", at: numbers.cpuacct),
            try ControlFile("cpuacct.usage_user", at: numbers.cpuacct),
            try ControlFile("cpuacct.usage_sys", at: numbers.cpuacct)
        )
        tasks = [
            SharedDescriptor(try .open("tasks", O_WRONLY, at: memory.descriptor.number)),
            SharedDescriptor(try .open("tasks", O_WRONLY, at: pids.descriptor.number)),
            SharedDescriptor(try .open("tasks", O_WRONLY, at: cpuacct.descriptor.number)),
        ]
        joinDescriptors = tasks.map(\.number)
    }

    /// That of memory and swap together, where the kernel counts swap.
    private static func openPeak(_ directory: Int32) throws(KernelError) -> ControlFile {
        let withSwap = try ControlFile.ifAny("memory.memsw.max_usage_in_bytes", at: directory)
        if let withSwap { return withSwap }
        return try ControlFile("memory.max_usage_in_bytes", at: directory)
    }

    /// Memory first, then memory and swap together: the second may not be below the first.
    private static func limitMemory(to bytes: Int64, at directory: Int32) throws(KernelError) {
        try writeControl(String(bytes), to: "memory.limit_in_bytes", at: directory)
        do throws(KernelError) {
            try writeControl(String(bytes), to: "memory.memsw.limit_in_bytes", at: directory)
        } catch  where error.errno == ENOENT {
            try refuseUncountedSwap(error)
        }
        // TCP over loopback is in an account of its own, which is open until it has a limit.
        try limitTCP(to: String(bytes), at: directory)
    }

    /// Limits what sockets of TCP may hold; a kernel without this account has nothing to limit.
    ///
    /// The first group of the machine that has such a limit makes the kernel rewrite its code, which
    /// takes 10 ms; therefore the slot's directory has one, too, for as long as the slot lives.
    static func limitTCP(to limit: String, at directory: Int32) throws(KernelError) {
        do throws(KernelError) {
            try writeControl(limit, to: "memory.kmem.tcp.limit_in_bytes", at: directory)
        } catch  where error.errno == ENOENT {}
    }

    package func cpu() throws(KernelError) -> CgroupCpu {
        CgroupCpu(
            total: try usage.all.number(), user: try usage.user.number(),
            system: try usage.system.number())
    }

    package func pressure() -> CpuPressure? { nil }

    package func memoryPeak() throws(KernelError) -> Int64 { try peak.number() }

    package func processesPeak() -> Int? {
        (try? mostProcesses?.number()).map { Int($0) }
    }

    package func events() throws(KernelError) -> CgroupEvents {
        CgroupEvents(
            oomKills: Int(try kills.value(of: "oom_kill")),
            processLimitHits: Int(try refusals.value(of: "max")))
    }

    package func cachedFiles() throws(KernelError) -> Int64 {
        try cachedFileBytes(at: memory.descriptor.number)
    }

    package func socketPeak() -> Int64? {
        // Absent where the kernel has no such account.
        try? controlNumber("memory.kmem.tcp.max_usage_in_bytes", at: memory.descriptor.number)
    }

    /// By the count of pids, which takes in every task until it is reaped, those of other PID
    /// namespaces too; `cgroup.procs` would leave these out. Removing shows the same of the other two.
    package func isEmpty(butInit: Bool) throws(KernelError) -> Bool {
        try count.number() == 0
    }

    /// The death of init has killed all in its PID namespace, and nothing else can get in.
    package func kill() {}

    package func remove() throws(KernelError) {
        try memory.remove()
        try pids.remove()
        try cpuacct.remove()
    }
}

/// A kernel that cannot limit swap is good only where there is no swap.
func refuseUncountedSwap(_ cause: KernelError) throws(KernelError) {
    let swaps = (try? readControl("/proc/swaps")) ?? ""
    // One line is the heading.
    if swaps.split(separator: "\n").count > 1 {
        throw KernelError(
            "limit swap", "the kernel cannot and swap is on; boot with swapaccount=1 or swapoff -a",
            errno: cause.errno)
    }
}
