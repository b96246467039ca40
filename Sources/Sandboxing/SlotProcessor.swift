import Linux

/// A processor that one slot of the machine has to itself among all slots, for as long as it lives.
final class SlotProcessor {
    let number: Int
    private let name: HeldName

    /// Takes the first one that this process may use and no live slot has.
    /// - Returns: nil when all are taken.
    init?() throws(KernelError) {
        for number in try Processors.allowed() {
            if let name = try HeldName("judge/processor/\(number)") {
                self.number = number
                self.name = name
                return
            }
        }
        return nil
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
}
