import Linux
import Synchronization

/// A processor that one slot of the machine has to itself among all slots, for as long as it lives.
final class SlotProcessor {
    let number: Int
    private let name: HeldName
    /// Whether one was left, and when that was looked at, nanoseconds.
    private static let known = Mutex<(isOneLeft: Bool, at: Int64)?>(nil)
    private static let lookInterval: Int64 = 1_000_000_000

    /// Takes the first one that this process may use and no live slot has.
    /// - Returns: nil when all are taken.
    init?() throws(KernelError) {
        for number in try Processors.allowed() {
            if let name = try HeldName(Self.name(of: number)) {
                self.number = number
                self.name = name
                return
            }
        }
        return nil
    }

    private static func name(of number: Int) -> String { "judge/processor/\(number)" }

    /// How many processors this process may use that no slot has, of this or another process.
    static func left() throws(KernelError) -> Int {
        // Abstract names end their lines, behind `@`.
        let names = Set(
            try readControl("/proc/net/unix").split(separator: "\n")
                .compactMap { $0.split(separator: "@", maxSplits: 1).last })
        return try Processors.allowed().count { !names.contains(Substring(name(of: $0))) }
    }

    /// Whether there is such a processor, as it was within the last second; none where the kernel does
    /// not say.
    static var isOneLeft: Bool {
        known.withLock { known in
            let now = monotonicNanoseconds()
            if let known, now - known.at < lookInterval { return known.isOneLeft }
            let isOneLeft = ((try? left()) ?? 0) > 0
            known = (isOneLeft, now)
            return isOneLeft
        }
    }
}

extension SlotConfiguration {
    /// How many slots can have a processor of their own at most.
    package static func processorsToBind() throws(SandboxError) -> Int {
        do throws(KernelError) {
            return try Processors.allowed().count
        } catch {
            throw SandboxError("cannot \(error)")
        }
    }

    /// How many of them no slot has, of this or another process.
    package static func processorsLeft() throws(SandboxError) -> Int {
        do throws(KernelError) {
            return try SlotProcessor.left()
        } catch {
            throw SandboxError("cannot \(error)")
        }
    }
}
