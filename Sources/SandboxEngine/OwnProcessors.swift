import CLinux
import Linux

/// The processors of a helper whose runs are bound to one of them.
final class OwnProcessors {
    private static let bytes = 1024
    private let all: UnsafeMutablePointer<UInt>
    private let others: UnsafeMutablePointer<UInt>

    /// - Parameter run: the processor of the runs.
    init(but run: Int) throws(KernelError) {
        let words = Self.bytes / MemoryLayout<UInt>.size
        all = .allocate(capacity: words)
        all.initialize(repeating: 0, count: words)
        others = .allocate(capacity: words)
        try check(cl_get_affinity(all, Self.bytes), "sched_getaffinity")
        others.initialize(from: all, count: words)
        others[run / 64] &= ~(1 << UInt(run % 64))
    }

    deinit {
        all.deallocate()
        others.deallocate()
    }

    /// Leaves the runs' processor to them.
    /// - Returns: whether there is another.
    func leaveRun() -> Bool { cl_set_affinity(others, Self.bytes) >= 0 }

    /// Undoes `leaveRun`; where the kernel refuses that, the helper stays where it is.
    func takeAll() { _ = cl_set_affinity(all, Self.bytes) }
}
