import Glibc
import Linux

/// What the helper shares with the init of one sandbox.
///
/// One sandbox at a time has it; the next begins at its start again.
final class SandboxMemory {
    /// More than any request fills: the packet that it came in, and a pointer for each text of it.
    private static let size = 1 << 20

    /// What init and the program's child find out.
    let page: UnsafeMutablePointer<RunPage>
    /// What is laid out here after the clone is seen there.
    let plan: PlanMemory

    init() throws(KernelError) {
        page = try mapMemory(MemoryLayout<RunPage>.size, MAP_SHARED)
            .bindMemory(to: RunPage.self, capacity: 1)
        plan = try PlanMemory(Self.size, MAP_SHARED)
    }

    /// Forgets all that is in it.
    func clear() {
        page.initialize(to: RunPage())
        plan.clear()
    }
}

/// Memory that init has, too: its copy of the helper has no heap.
final class PlanMemory {
    private let base: UnsafeMutableRawPointer
    private let size: Int
    private var used = 0

    /// - Parameter sharing: MAP_SHARED, or MAP_PRIVATE for what is complete before any clone.
    init(_ size: Int, _ sharing: Int32) throws(KernelError) {
        self.size = size
        base = try mapMemory(size, sharing)
    }

    deinit { munmap(base, size) }

    /// Forgets all that is in it.
    func clear() { used = 0 }

    /// Room for values that need no deinitialisation.
    /// - Throws: when they do not fit.
    func place<Value: BitwiseCopyable>(
        _ values: [Value]
    ) throws(KernelError) -> UnsafeMutablePointer<Value> {
        let start = (used + 15) / 16 * 16
        let size = max(1, values.count) * MemoryLayout<Value>.stride
        guard size <= self.size - start else {
            throw KernelError("lay out", "a run of so many words", errno: E2BIG)
        }
        used = start + size
        let memory = (base + start).bindMemory(to: Value.self, capacity: max(1, values.count))
        memory.initialize(from: values, count: values.count)
        return memory
    }

    /// A C text.
    func text(_ value: String) throws(KernelError) -> UnsafeMutablePointer<CChar> {
        try place(Array(value.utf8CString))
    }

    /// C texts, ended by nil.
    func list(
        _ values: [String]
    ) throws(KernelError) -> UnsafePointer<UnsafeMutablePointer<CChar>?> {
        var texts: [UnsafeMutablePointer<CChar>?] = []
        for value in values { texts.append(try text(value)) }
        return UnsafePointer(try place(texts + [nil]))
    }
}

/// Anonymous memory, all zero.
func mapMemory(_ size: Int, _ sharing: Int32) throws(KernelError) -> UnsafeMutableRawPointer {
    let memory = mmap(nil, size, PROT_READ | PROT_WRITE, sharing | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { throw KernelError("mmap", "", errno: errno) }
    return memory
}
