import CLinux
import Linux
import SandboxProtocol

/// The sandboxes of one helper, one after another.
///
/// Where a run had the shape of the one before, with the same box, a third is likely: a judging runs
/// one program on many tests. Its sandbox is then made when nobody waits for it: while the run before goes
/// on, where a processor is left that no slot has, else when that run's report is sent.
final class Sandboxes {
    private let parts: SandboxParts
    private let above: GroupsAbove
    private var made = 0
    /// Made ahead; one at most.
    private var ready: Sandbox?
    /// Of the last run, with the box as it is.
    private var last: SandboxShape?
    /// How long the last program ran, nanoseconds, and another of its shape is expected to.
    var lastTook: Int64 = 0
    /// How long making the last sandbox took.
    private var lastMaking: Int64 = .max

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

    private func make(
        _ shape: SandboxShape, network: Int32?, beside other: Sandbox? = nil
    ) throws(KernelError) -> Sandbox {
        made += 1
        try parts.box.closeFolders()
        let memories = parts.resources.memories
        let begun = cl_monotonic_nanoseconds()
        let sandbox = try Sandbox(
            shape, name: "run-\(made)", network: network,
            memory: memories[0] === other?.memory ? memories[1] : memories[0],
            isBoundLater: other != nil, parts)
        lastMaking = cl_monotonic_nanoseconds() - begun
        return sandbox
    }

    /// For when a run has begun that leaves a processor idle. Without effect where it would cost that run
    /// anything: its own processor, or one of its processes; where the run may write what the next one's
    /// sandbox is made with; and where it is over so soon that its report would have to wait.
    func prepare(beside run: Sandbox) {
        let shape = run.shape
        guard last == shape, lastTook > lastMaking / 2, ready == nil, hasRoom(for: shape),
            let own = parts.resources.own,
            parts.box.writableRoots(includingBox: shape.request.boxWritable).isEmpty,
            // The two of them and what they may start have one user.
            parts.resources.inherited.admit(processes: 2 * (shape.request.limits.processes + 1))
        else { return }
        // What is cloned stays there until it is bound.
        guard own.leaveRun() else { return }
        defer { own.takeAll() }
        makeReady(shape, beside: run)
    }

    /// For after a run, when its report is sent.
    func prepare(after shape: SandboxShape) {
        let isRepeated = last == shape
        last = shape
        guard isRepeated, ready == nil, hasRoom(for: shape) else { return }
        makeReady(shape, beside: nil)
    }

    private func makeReady(_ shape: SandboxShape, beside run: Sandbox?) {
        do throws(KernelError) {
            ready = try make(shape, network: nil, beside: run)
        } catch {
            // The next run makes its own, and tells what fails.
        }
    }

    private func hasRoom(for shape: SandboxShape) -> Bool {
        guard shape.canBeMadeAhead else { return false }
        let wanted = Int64(shape.request.limits.processes) + 1
        do throws(KernelError) {
            guard let room = try above.room() else { return true }
            return room >= wanted + Self.spare
        } catch {
            return false
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
