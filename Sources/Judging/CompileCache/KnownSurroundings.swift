package import JudgeCore
package import Problems
package import Sandboxing
import Synchronization

/// What compilers on this machine depend on beside what they are given.
package struct CompileSurroundings: Sendable {
    package var machine: Machine
    /// Changes whenever libraries and headers of the system do; nil where nobody can tell.
    package var system: String?
    /// The files whose digests are in `machine` and `system`.
    package var files: FileMarks

    package init(machine: Machine, system: String?, files: FileMarks) {
        self.machine = machine
        self.system = system
        self.files = files
    }
}

/// What was last found of this machine, and whether a file that it stands on was changed since.
package final class KnownSurroundings: Sendable {
    private struct State {
        var known: CompileSurroundings
        var looks = 0
        /// Stays so also when the files look as before again, until somebody has looked at them.
        var isOutdated = false
    }

    package typealias Finder = @Sendable (Language, any Slot) async -> Toolchain?

    private let state: Mutex<State>
    private let toolchain: Finder?

    /// - Parameter toolchain: finds what `known` does not say of a language when it is first judged in: to ask all
    ///   of them takes seconds. It runs programs in a slot that nobody else uses.
    package init(_ known: CompileSurroundings, toolchain: Finder? = nil) {
        self.toolchain = toolchain
        state = Mutex(State(known: known))
    }

    /// A machine as a look found it with the toolchain of a language, which is looked for where it was not yet.
    package func completed(
        _ machine: Machine, look: Int, for language: Language, on slot: any Slot
    ) async -> Machine {
        guard let toolchain, machine.toolchains[language.id] == nil,
            let found = await toolchain(language, slot), !Task.isCancelled
        else { return machine }
        state.withLock { state in
            if state.looks == look { state.known.machine.toolchains[language.id] = found }
        }
        var machine = machine
        machine.toolchains[language.id] = found
        return machine
    }

    package var known: CompileSurroundings { state.withLock(\.known) }

    /// How often it was looked at again.
    package var looks: Int { state.withLock(\.looks) }

    /// Whether a file was written to, removed or replaced since it was digested; takes a system call for each.
    package var isOutdated: Bool {
        state.withLock { state in
            if !state.isOutdated { state.isOutdated = !state.known.files.changed.isEmpty }
            return state.isOutdated
        }
    }

    /// - Parameter found: with marks of the files that were made before they were digested.
    /// - Returns: the number of the look that found it.
    @discardableResult
    package func renew(_ found: CompileSurroundings) -> Int {
        state.withLock { state in
            state = State(known: found, looks: state.looks + 1)
            return state.looks
        }
    }

    /// What is known, whether it holds or not, with the number of the look that found it.
    package var latest: (known: CompileSurroundings, look: Int) {
        state.withLock { ($0.known, $0.looks) }
    }

    /// What is known with the number of the look that found it; nil where it holds no more.
    func current() -> (known: CompileSurroundings, look: Int)? {
        guard !isOutdated else { return nil }
        return latest
    }
}
