package import JudgeCore
package import Judging
import Problems
package import Sandboxing
import Synchronization

/// Keeps what is known of this machine as it is, and what slots see of it: compilers and libraries are
/// replaced while workers run, and a slot's helper may go on with those of its start.
package final class MachineWatch: Sendable {
    package typealias Look = @Sendable (any Slot) async -> CompileSurroundings

    private let known: KnownSurroundings
    private let look: Look?
    private let helperIsTheSame: @Sendable () async -> Bool
    /// The look that a slot's helper was started after, by the slot's number; 0 where there is none.
    private let opened = Mutex<[Int: Int]>([:])

    /// A machine that nobody looks at.
    package init() {
        known = KnownSurroundings(
            CompileSurroundings(machine: Machine(), system: nil, files: FileMarks()))
        look = nil
        helperIsTheSame = { true }
    }

    /// - Parameters:
    ///   - known: what was found after the slots were opened.
    ///   - helperIsTheSame: whether a slot that is opened anew gets the helper that it has.
    ///   - look: finds what there is, by programs that it runs in a slot that nobody else uses.
    package init(
        _ known: KnownSurroundings, helperIsTheSame: @escaping @Sendable () async -> Bool,
        look: @escaping Look
    ) {
        self.known = known
        self.look = look
        self.helperIsTheSame = helperIsTheSame
    }

    /// What there is, looked at again where a file that it stands on was changed; the slot sees the same.
    ///
    /// - Returns: also the number of the look that found it.
    /// - Throws: `cancelled`; `machine` where the slot cannot be opened anew.
    package func facts(
        for slot: any Slot, number: Int
    ) async throws(JudgingError) -> (machine: Machine, look: Int) {
        if let look, known.isOutdated {
            try await open(slot)
            let found = await look(slot)
            // What was interrupted has not found everything.
            guard !Task.isCancelled else { throw .cancelled }
            let count = known.renew(found)
            opened.withLock { $0[number] = count }
            return (found.machine, count)
        }
        while true {
            try await renew(slot, number: number)
            // Others may have looked while the slot was opened.
            let (latest, count) = known.latest
            if opened.withLock({ $0[number, default: 0] }) == count {
                return (latest.machine, count)
            }
        }
    }

    /// What `facts` told, with the toolchain of a language, which is asked when it is first used.
    func completed(
        _ machine: Machine, look: Int, for language: Language, on slot: any Slot
    ) async -> Machine {
        await known.completed(machine, look: look, for: language, on: slot)
    }

    /// The number of the last look.
    package var looks: Int { known.looks }

    /// Whether a slot sees what was last found.
    package func isCurrent(_ number: Int) -> Bool {
        opened.withLock { $0[number, default: 0] } == known.looks
    }

    /// Opens a slot anew that nobody uses, unless it sees what was last found.
    ///
    /// - Throws: `machine`.
    package func renew(_ slot: any Slot, number: Int) async throws(JudgingError) {
        let looks = known.looks
        guard opened.withLock({ $0[number, default: 0] }) != looks else { return }
        try await open(slot)
        opened.withLock { $0[number] = looks }
    }

    /// One with another helper than this program came with could be none that it can talk to.
    private func open(_ slot: any Slot) async throws(JudgingError) {
        guard await helperIsTheSame() else { return }
        do throws(SandboxError) {
            try await slot.reopen()
        } catch {
            throw .machine(error.description)
        }
    }
}
