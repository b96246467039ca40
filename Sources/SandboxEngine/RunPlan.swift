import CLinux
import CSeccomp
import Glibc
import Linux
import SandboxProtocol

/// One `ChildPlan`, laid out in two steps: what a sandbox is made with before its init is cloned, and
/// what runs in it when that is known.
final class RunPlan {
    private let memory: PlanMemory
    let plan: UnsafeMutablePointer<ChildPlan>

    /// User and group inside: an ordinary one, the same in every run.
    static let insideIdentity: UInt32 = 1000
    /// Where a program without `/` in its name is looked for, and what `PATH` says inside.
    static let searchPath = ["/usr/local/bin", "/usr/bin", "/bin"]

    /// - Throws: when it is too much for the memory shared with init.
    init(
        _ shape: SandboxShape, identity: UInt32, resources: RunResources, filter: Filter,
        tmpMount: Int32, fileRules: Int32, gate: Int32, group: any RunCgroup
    ) throws(KernelError) {
        memory = resources.planMemory
        memory.clear()
        let joins = group.joinDescriptors
        let request = shape.request
        let limits = resourceLimits(request.limits, inherited: resources.inherited)
        let nothing = try memory.list([])
        plan = try memory.place([
            ChildPlan(
                page: resources.page, texts: resources.texts,
                identityMap: try memory.text("\(Self.insideIdentity) \(identity) 1"),
                insideIdentity: Self.insideIdentity, hostname: try memory.text(request.hostname),
                tmpMount: tmpMount, protectsBox: !request.boxWritable,
                hasLoopback: request.network == .loopback, cpuMask: resources.cpuMask,
                cpuMaskBytes: resources.cpuMaskBytes, cgroupTasks: try memory.place(joins),
                cgroupTaskCount: joins.count, fileRules: fileRules, filter: filter.program,
                listenCall: resources.listenCall, childStackTop: resources.childStackTop,
                limits: try memory.place(limits), limitCount: limits.count,
                openFiles: UInt64(request.limits.openFiles),
                directory: try memory.text(request.workingDirectory), gate: gate,
                streamCount: 0, programs: nothing, arguments: nothing, environment: nothing)
        ])
    }

    /// Adds what the program is and what it gets.
    /// - Throws: when it is too much for the memory shared with init.
    func complete(_ request: RunRequest) throws(KernelError) {
        let program = request.arguments[0]
        let candidates =
            program.contains("/") ? [program] : Self.searchPath.map { "\($0)/\(program)" }
        plan.pointee.streamCount = 3 + request.channels
        plan.pointee.programs = try memory.list(candidates)
        plan.pointee.arguments = try memory.list(request.arguments)
        plan.pointee.environment = try memory.list(request.environment)
    }
}

/// What all runs of a helper share, made once.
final class RunResources {
    let page: UnsafeMutablePointer<RunPage>
    let filters: Filters
    let inherited: InheritedLimits
    let planMemory: PlanMemory
    let buffers = (output: StreamBuffer(), errors: StreamBuffer())
    let childStackTop: UnsafeMutableRawPointer
    let texts: ChildTexts
    let listenCall: ListenCall
    let surroundings: Surroundings
    let cpuMask: UnsafeMutablePointer<UInt>
    let cpuMaskBytes: Int
    /// How many processors a run may use at one time.
    let processors: Int

    private static let cpuMaskWords = 16
    private static let stackSize = 256 << 10

    /// - Parameters:
    ///   - cpu: the processor that runs are bound to; nil for all that the helper has.
    ///   - hasLocks: whether runs may lock files.
    init(cpu: Int32?, hasLocks: Bool) throws(KernelError) {
        inherited = try InheritedLimits()
        planMemory = try PlanMemory()
        filters = Filters(hasLocks: hasLocks)
        _ = try filters.filter(with: [])
        texts = ChildTexts(
            proc: lastingText("/proc"),
            // No entry of the kernel, and no process that the program may not look into: not init.
            procOptions: lastingText("subset=pid,hidepid=invisible"),
            mounts: lastingText("/proc/self/ns/mnt"),
            space: lastingText("/space"), box: lastingText("/box"),
            loopback: lastingText("lo"), setgroups: lastingText("/proc/self/setgroups"),
            deny: lastingText("deny"), userMap: lastingText("/proc/self/uid_map"),
            groupMap: lastingText("/proc/self/gid_map"),
            receivedFile: lastingText(ConnectionSetting.received.file),
            receivedText: lastingText(ConnectionSetting.received.text),
            rememberedFile: lastingText(ConnectionSetting.remembered.file),
            rememberedText: lastingText(ConnectionSetting.remembered.text))
        listenCall = ListenCall(
            number: seccomp_syscall_resolve_name("listen"), architecture: seccomp_arch_native())
        surroundings = Surroundings(cpu: cpu)
        page = try mapMemory(MemoryLayout<RunPage>.size, MAP_SHARED)
            .bindMemory(to: RunPage.self, capacity: 1)
        childStackTop = try mapMemory(Self.stackSize, MAP_PRIVATE) + Self.stackSize
        cpuMask = .allocate(capacity: Self.cpuMaskWords)
        cpuMask.initialize(repeating: 0, count: Self.cpuMaskWords)
        let bytes = Self.cpuMaskWords * MemoryLayout<UInt>.size
        if let cpu {
            guard cpu >= 0, Int(cpu) < bytes * 8 else {
                throw KernelError("bind to a processor", "\(cpu)", errno: EINVAL)
            }
            cpuMask[Int(cpu) / 64] |= 1 << UInt(cpu % 64)
            cpuMaskBytes = bytes
            processors = 1
        } else {
            try check(cl_get_affinity(cpuMask, bytes), "sched_getaffinity")
            var count = 0
            for word in 0..<Self.cpuMaskWords { count += cpuMask[word].nonzeroBitCount }
            processors = count
            cpuMaskBytes = 0
        }
    }
}

/// A C text for the helper's whole life.
private func lastingText(_ value: String) -> UnsafePointer<CChar> {
    // Out of memory here is out of memory before anything runs: trap.
    guard let copy = strdup(value) else { fatalError("out of memory") }
    return UnsafePointer(copy)
}
