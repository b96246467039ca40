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

    /// - Parameter isBoundLater: whether somebody else binds init and the child to the run's processor.
    /// - Throws: when it is too much for the memory shared with init.
    init(
        _ shape: SandboxShape, identity: UInt32, resources: RunResources, memory: SandboxMemory,
        filter: Filter, tmpMount: Int32, fileRules: Int32, gate: Int32, group: any RunCgroup,
        isBoundLater: Bool
    ) throws(KernelError) {
        memory.clear()
        let page = memory.page
        let memory = memory.plan
        self.memory = memory
        let joins = group.joinDescriptors
        let request = shape.request
        let limits = resourceLimits(request.limits, inherited: resources.inherited)
        let nothing = try memory.list([])
        plan = try memory.place([
            ChildPlan(
                page: page, texts: resources.texts,
                identityMap: try memory.text("\(Self.insideIdentity) \(identity) 1"),
                insideIdentity: Self.insideIdentity, hostname: try memory.text(request.hostname),
                tmpMount: tmpMount, protectsBox: !request.boxWritable,
                hasLoopback: request.network == .loopback, cpuMask: resources.cpuMask,
                cpuMaskBytes: isBoundLater ? 0 : resources.cpuMaskBytes,
                cgroupTasks: try memory.place(joins),
                cgroupTaskCount: joins.count, fileRules: fileRules, filter: filter.program,
                listenCall: resources.listenCall, childStackTop: resources.childStackTop,
                limits: try memory.place(limits), limitCount: limits.count,
                openFiles: UInt64(request.limits.openFiles),
                directory: try memory.text(request.workingDirectory), gate: gate,
                announces: isBoundLater, streamCount: 0, programs: nothing, arguments: nothing,
                environment: nothing)
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
    /// For the run that goes on and the one that is made ready meanwhile.
    let memories: [SandboxMemory]
    let filters: Filters
    let inherited: InheritedLimits
    let buffers = (output: StreamBuffer(), errors: StreamBuffer())
    let childStackTop: UnsafeMutableRawPointer
    let texts: ChildTexts
    let listenCall: ListenCall
    let surroundings: Surroundings
    private let lasting: PlanMemory
    let cpuMask: UnsafeMutablePointer<UInt>
    let cpuMaskBytes: Int
    /// The helper's own processors where runs are bound to one.
    let own: OwnProcessors?
    /// How many processors a run may use at one time.
    let processors: Int

    private static let cpuMaskWords = 16
    private static let stackSize = 256 << 10
    /// What inits need of the helper beside their plans; their copy of it has no heap.
    private static let lastingSize = 8 << 10

    /// - Parameters:
    ///   - cpu: the processor that runs are bound to; nil for all that the helper has.
    ///   - hasLocks: whether runs may lock files.
    init(cpu: Int32?, hasLocks: Bool) throws(KernelError) {
        inherited = try InheritedLimits()
        memories = [try SandboxMemory(), try SandboxMemory()]
        filters = Filters(hasLocks: hasLocks)
        _ = try filters.filter(with: [])
        lasting = try PlanMemory(Self.lastingSize, MAP_PRIVATE)
        texts = ChildTexts(
            proc: try lasting.text("/proc"),
            // No entry of the kernel, and no process that the program may not look into: not init.
            procOptions: try lasting.text("subset=pid,hidepid=invisible"),
            mounts: try lasting.text("/proc/self/ns/mnt"),
            space: try lasting.text("/space"), box: try lasting.text("/box"),
            loopback: try lasting.text("lo"), setgroups: try lasting.text("/proc/self/setgroups"),
            deny: try lasting.text("deny"), userMap: try lasting.text("/proc/self/uid_map"),
            groupMap: try lasting.text("/proc/self/gid_map"),
            receivedFile: try lasting.text(ConnectionSetting.received.file),
            receivedText: try lasting.text(ConnectionSetting.received.text),
            rememberedFile: try lasting.text(ConnectionSetting.remembered.file),
            rememberedText: try lasting.text(ConnectionSetting.remembered.text))
        listenCall = ListenCall(
            number: seccomp_syscall_resolve_name("listen"), architecture: seccomp_arch_native())
        surroundings = Surroundings(cpu: cpu)
        childStackTop = try mapMemory(Self.stackSize, MAP_PRIVATE) + Self.stackSize
        cpuMask = try lasting.place([UInt](repeating: 0, count: Self.cpuMaskWords))
        let bytes = Self.cpuMaskWords * MemoryLayout<UInt>.size
        if let cpu {
            guard cpu >= 0, Int(cpu) < bytes * 8 else {
                throw KernelError("bind to a processor", "\(cpu)", errno: EINVAL)
            }
            cpuMask[Int(cpu) / 64] |= 1 << UInt(cpu % 64)
            cpuMaskBytes = bytes
            own = try OwnProcessors(but: Int(cpu))
            processors = 1
        } else {
            try check(cl_get_affinity(cpuMask, bytes), "sched_getaffinity")
            var count = 0
            for word in 0..<Self.cpuMaskWords { count += cpuMask[word].nonzeroBitCount }
            processors = count
            cpuMaskBytes = 0
            own = nil
        }
    }
}
