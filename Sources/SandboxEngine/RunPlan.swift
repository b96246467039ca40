import CLinux
import CSeccomp
import Glibc
import Linux
import SandboxProtocol

/// The memory behind one `ChildPlan`: laid out before the clone, freed after the run.
final class RunPlan {
    private var strings: [UnsafeMutablePointer<CChar>] = []
    private var lists: [UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>] = []
    private let limits: UnsafeMutablePointer<ResourceLimit>
    private let tasks: UnsafeMutablePointer<Int32>
    private let places: UnsafeMutablePointer<Int32>
    let plan: UnsafeMutablePointer<ChildPlan>

    /// User and group inside: an ordinary one, the same in every run.
    static let insideIdentity: UInt32 = 1000
    /// Where a program without `/` in its name is looked for, and what `PATH` says inside.
    static let searchPath = ["/usr/local/bin", "/usr/bin", "/bin"]

    init(
        _ request: RunRequest, identity: UInt32, resources: RunResources, filter: Filter,
        tmpMount: Int32, fileRules: Int32, streams: [Int32], group: any RunCgroup
    ) {
        let wanted = resourceLimits(request.limits, inherited: resources.inherited)
        limits = .allocate(capacity: wanted.count)
        limits.initialize(from: wanted, count: wanted.count)
        let joins = group.joinDescriptors
        tasks = .allocate(capacity: max(1, joins.count))
        tasks.initialize(from: joins, count: joins.count)
        places = .allocate(capacity: streams.count)
        places.initialize(from: streams, count: streams.count)
        plan = .allocate(capacity: 1)

        let program = request.arguments[0]
        let candidates =
            program.contains("/") ? [program] : Self.searchPath.map { "\($0)/\(program)" }
        let map = "\(Self.insideIdentity) \(identity) 1"
        plan.initialize(
            to: ChildPlan(
                page: resources.page, texts: resources.texts, identityMap: text(map),
                insideIdentity: Self.insideIdentity, hostname: text(request.hostname),
                tmpMount: tmpMount, protectsBox: !request.boxWritable,
                hasLoopback: request.network == .loopback, cpuMask: resources.cpuMask,
                cpuMaskBytes: resources.cpuMaskBytes, cgroupTasks: tasks,
                cgroupTaskCount: joins.count, streams: places, streamCount: streams.count,
                fileRules: fileRules, limits: limits, limitCount: wanted.count,
                directory: text(request.workingDirectory), filter: filter.program,
                listenCall: resources.listenCall,
                programs: list(candidates), arguments: list(request.arguments),
                environment: list(request.environment), childStackTop: resources.childStackTop))
    }

    deinit {
        plan.deallocate()
        limits.deallocate()
        tasks.deallocate()
        places.deallocate()
        for list in lists { list.deallocate() }
        for text in strings { free(text) }
    }

    private func text(_ value: String) -> UnsafeMutablePointer<CChar> {
        // Out of memory here is out of memory before anything runs: trap.
        guard let copy = strdup(value) else { fatalError("out of memory") }
        strings.append(copy)
        return copy
    }

    private func list(_ values: [String]) -> UnsafePointer<UnsafeMutablePointer<CChar>?> {
        let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
            capacity: values.count + 1)
        for (index, value) in values.enumerated() { (list + index).initialize(to: text(value)) }
        (list + values.count).initialize(to: nil)
        lists.append(list)
        return UnsafePointer(list)
    }
}

/// What all runs of a helper share, made once.
final class RunResources {
    let page: UnsafeMutablePointer<RunPage>
    let filters: Filters
    let inherited: InheritedLimits
    let childStackTop: UnsafeMutableRawPointer
    let texts: ChildTexts
    let listenCall: ListenCall
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
        filters = Filters(hasLocks: hasLocks)
        _ = try filters.filter(with: [])
        texts = ChildTexts(
            proc: lastingText("/proc"),
            // No entry of the kernel, and no process that the program may not look into: not init.
            procOptions: lastingText("subset=pid,hidepid=invisible"),
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
        page = try Self.map(MemoryLayout<RunPage>.size, MAP_SHARED)
            .bindMemory(to: RunPage.self, capacity: 1)
        childStackTop = try Self.map(Self.stackSize, MAP_PRIVATE) + Self.stackSize
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

    private static func map(
        _ size: Int, _ sharing: Int32
    ) throws(KernelError) -> UnsafeMutableRawPointer {
        let memory = mmap(nil, size, PROT_READ | PROT_WRITE, sharing | MAP_ANONYMOUS, -1, 0)
        guard let memory, memory != MAP_FAILED else { throw KernelError("mmap", "", errno: errno) }
        return memory
    }
}

/// A C text for the helper's whole life.
private func lastingText(_ value: String) -> UnsafePointer<CChar> {
    // Out of memory here is out of memory before anything runs: trap.
    guard let copy = strdup(value) else { fatalError("out of memory") }
    return UnsafePointer(copy)
}
