import Linux
import SandboxProtocol

/// The sandboxes of one helper, one after another.
///
/// Where a run had the shape of the one before, with the same box, a third is likely: a judging runs
/// one program on many tests. Its sandbox is then made when nobody waits for it.
final class Sandboxes {
    private let parts: SandboxParts
    private let above: GroupsAbove
    private var made = 0
    /// Made ahead; one at most.
    private var ready: Sandbox?
    /// Of the last run, with the box as it is.
    private var last: SandboxShape?

    /// Processes for which the groups above must have room beyond a run's own before its sandbox is
    /// made ahead: what waits must not be what a run in another slot is refused for.
    private static let spare: Int64 = 256

    init(_ parts: SandboxParts, beneath above: GroupsAbove) {
        self.parts = parts
        self.above = above
    }

    var hasReady: Bool { ready != nil }

    /// Lets go of what was made ahead for anything else, or has ended meanwhile.
    /// - Returns: why something of it cannot be removed.
    func keepReady(for shape: SandboxShape) -> KernelError? {
        guard let ready, ready.shape != shape || ready.hasEnded else { return nil }
        return dropReady()
    }

    /// The one that was made ahead, or a new one.
    /// - Parameter network: the network namespace that the run brings along.
    /// - Throws: the step that failed.
    func take(_ shape: SandboxShape, network: Int32?) throws(KernelError) -> Sandbox {
        guard let sandbox = ready else { return try make(shape, network: network) }
        ready = nil
        return sandbox
    }

    private func make(_ shape: SandboxShape, network: Int32?) throws(KernelError) -> Sandbox {
        made += 1
        try parts.box.closeFolders()
        return try Sandbox(shape, name: "run-\(made)", network: network, parts)
    }

    /// For after a run, when its report is sent.
    func prepare(after shape: SandboxShape) {
        let isRepeated = last == shape
        last = shape
        guard isRepeated, shape.canBeMadeAhead else { return }
        do throws(KernelError) {
            let wanted = Int64(shape.request.limits.processes) + 1
            if let room = try above.room(), room < wanted + Self.spare { return }
            ready = try make(shape, network: nil)
        } catch {
            // The next run makes its own, and tells what fails.
        }
    }

    /// For when the box changes: a sandbox has it as it was.
    /// - Returns: why something cannot be removed.
    func boxChanges() -> KernelError? {
        last = nil
        return dropReady()
    }

    private func dropReady() -> KernelError? {
        guard let dropped = ready else { return nil }
        ready = nil
        dropped.kill()
        return dropped.clear()
    }
}
