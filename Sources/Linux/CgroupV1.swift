import Glibc

/// The groups of one slot's runs on cgroup v1, one after another.
///
/// A run has directories of its own for memory and pids. Its CPU time is what is added to an account that
/// is there for all runs of the slot, which has two, for the run that goes on and the one that is made
/// ready meanwhile: one of them at a time is counted in each, nothing has a limit, and a directory of its
/// own would be a tenth of what making and removing a sandbox takes.
package final class CgroupsV1: RunCgroups {
    private let directories: [Int32]
    private static let names = ["account-1", "account-2"]
    /// Opened by the first run: whom the kernel lets in depends on who opened the file, and the helper
    /// takes on the slot's user after this is made.
    private var accounts: [CpuAccount] = []

    /// - Parameter directories: the slot's, which stay the caller's: memory, pids, cpuacct.
    package init(in directories: [Int32]) throws(KernelError) {
        guard directories.count == 3 else {
            throw KernelError("make cgroup", "three hierarchies are needed", errno: EINVAL)
        }
        self.directories = directories
        for name in Self.names {
            let result = mkdirat(directories[2], name, 0o755) < 0 ? -Int(errno) : 0
            // That of a helper before this one.
            if result != -Int(EEXIST) { try check(result, "make cgroup", name) }
        }
    }

    package func make(
        _ name: String, _ limits: CgroupLimits
    ) throws(KernelError) -> any RunCgroup {
        try CgroupV1(
            name: name, in: directories, account: try freeAccount(), limits: limits)
    }

    private func freeAccount() throws(KernelError) -> CpuAccount {
        for name in Self.names.dropFirst(accounts.count) {
            accounts.append(try CpuAccount(name, in: directories[2]))
        }
        guard let free = accounts.first(where: { !$0.isTaken }) else {
            throw KernelError("make cgroup", "two runs are there", errno: EBUSY)
        }
        return free
    }
}

/// An account of cpuacct that only grows. Its directory goes with those of the slot.
private final class CpuAccount {
    private let usage: (all: ControlFile, user: ControlFile, system: ControlFile)
    let tasks: SharedDescriptor
    /// Whether a run is counted in it.
    var isTaken = false

    init(_ name: String, in slot: Int32) throws(KernelError) {
        let directory = try Descriptor.open(name, O_RDONLY | O_DIRECTORY, at: slot)
        usage = (
            try ControlFile("cpuacct.usage", at: directory.number),
            try ControlFile("cpuacct.usage_user", at: directory.number),
            try ControlFile("cpuacct.usage_sys", at: directory.number)
        )
        tasks = SharedDescriptor(try .open("tasks", O_WRONLY, at: directory.number))
    }

    func reading() throws(KernelError) -> CgroupCpu {
        CgroupCpu(
            total: try usage.all.number(), user: try usage.user.number(),
            system: try usage.system.number())
    }
}

/// A run's group on cgroup v1: one directory in each of memory and pids, and a place in one of the
/// slot's accounts of CPU time.
private final class CgroupV1: RunCgroup {
    private var memory: CgroupDirectory
    private var pids: CgroupDirectory
    private let account: CpuAccount
    /// The account when the last run was gone and this one had not begun.
    private let before: CgroupCpu
    private let tasks: [SharedDescriptor]
    private let kills: ControlFile
    private let peak: ControlFile
    private let count: ControlFile
    private let refusals: ControlFile
    private let mostProcesses: ControlFile?
    let joinDescriptors: [Int32]
    var cloneDescriptor: Int32? { nil }
    var extraProcesses: Int { 0 }

    /// Makes the group `name` beneath the slot's `directories`.
    init(
        name: String, in directories: [Int32], account: CpuAccount, limits: CgroupLimits
    ) throws(KernelError) {
        self.account = account
        memory = try CgroupDirectory(making: name, in: directories[0])
        pids = try CgroupDirectory(making: name, in: directories[1])
        before = try account.reading()
        let numbers = (memory: memory.descriptor.number, pids: pids.descriptor.number)
        try limitMemory(to: limits.memory, at: numbers.memory)
        try writeControl(String(limits.processes), to: "pids.max", at: numbers.pids)
        kills = try ControlFile("memory.oom_control", at: numbers.memory)
        peak = try Self.openPeak(numbers.memory)
        count = try ControlFile("pids.current", at: numbers.pids)
        refusals = try ControlFile("pids.events", at: numbers.pids)
        mostProcesses = try .ifAny("pids.peak", at: numbers.pids)
        tasks = [
            SharedDescriptor(try .open("tasks", O_WRONLY, at: numbers.memory)),
            SharedDescriptor(try .open("tasks", O_WRONLY, at: numbers.pids)),
            account.tasks,
        ]
        joinDescriptors = tasks.map(\.number)
        account.isTaken = true
    }

    deinit { account.isTaken = false }

    /// That of memory and swap together, where the kernel counts swap.
    private static func openPeak(_ directory: Int32) throws(KernelError) -> ControlFile {
        let withSwap = try ControlFile.ifAny("memory.memsw.max_usage_in_bytes", at: directory)
        if let withSwap { return withSwap }
        return try ControlFile("memory.max_usage_in_bytes", at: directory)
    }

    func cpu() throws(KernelError) -> CgroupCpu {
        let now = try account.reading()
        return CgroupCpu(
            total: now.total - before.total, user: now.user - before.user,
            system: now.system - before.system)
    }

    func pressure() -> CpuPressure? { nil }

    func memoryPeak() throws(KernelError) -> Int64 { try peak.number() }

    func processesPeak() -> Int? {
        (try? mostProcesses?.number()).map { Int($0) }
    }

    func events() throws(KernelError) -> CgroupEvents {
        CgroupEvents(
            oomKills: Int(try kills.value(of: "oom_kill")),
            processLimitHits: Int(try refusals.value(of: "max")))
    }

    func cachedFiles() throws(KernelError) -> Int64 {
        try cachedFileBytes(at: memory.descriptor.number)
    }

    func socketPeak() -> Int64? {
        // Absent where the kernel has no such account.
        try? controlNumber("memory.kmem.tcp.max_usage_in_bytes", at: memory.descriptor.number)
    }

    /// By the count of pids, which takes in every task until it is reaped, those of other PID
    /// namespaces too; `cgroup.procs` would leave these out. Removing shows the same of memory's.
    func isEmpty(butInit: Bool) throws(KernelError) -> Bool {
        try count.number() == 0
    }

    /// The death of init has killed all in its PID namespace, and nothing else can get in.
    func kill() {}

    func remove() throws(KernelError) {
        try memory.remove()
        try pids.remove()
    }
}

/// Memory first, then memory and swap together: the second may not be below the first.
private func limitMemory(to bytes: Int64, at directory: Int32) throws(KernelError) {
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
func limitTCP(to limit: String, at directory: Int32) throws(KernelError) {
    do throws(KernelError) {
        try writeControl(limit, to: "memory.kmem.tcp.limit_in_bytes", at: directory)
    } catch  where error.errno == ENOENT {}
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
