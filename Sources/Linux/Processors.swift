import CLinux

/// The processors of this machine.
package enum Processors {
    /// Numbers of those that the calling thread may use, in order.
    package static func allowed() throws(KernelError) -> [Int] {
        var mask = [UInt](repeating: 0, count: 128)
        let size = mask.count * MemoryLayout<UInt>.size
        try check(cl_get_affinity(&mask, size), "sched_getaffinity")
        return (0..<size * 8).filter { mask[$0 / 64] & (1 << UInt($0 % 64)) != 0 }
    }
}
