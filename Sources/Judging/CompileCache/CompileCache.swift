// Theory of operation. What a compilation comes to is decided by the sources, the language, the
// compiler with what it reads of the machine, and the limits. All of these are digested into one key,
// and what came of it lies below that key in a directory of the judge's own: one file, written whole or
// not at all, never written again, and taken only when its digest is still the one it was written
// with. Runs never see the directory. What was stopped by a limit, or may come to something else the next
// time, is not kept.

package import JudgeCore
package import Logging
import Problems
import Synchronization
package import Units

/// How often something that is kept was there already when it was asked for, since the judge was made.
package struct CacheUse: Sendable, Equatable {
    package var hits: Int
    package var misses: Int

    package init(hits: Int = 0, misses: Int = 0) {
        self.hits = hits
        self.misses = misses
    }
}

/// What compilers on this machine depend on beside what they are given.
package struct CompileSurroundings: Sendable {
    package var machine: Machine
    /// Changes whenever libraries and headers of the system do; nil where nobody can tell.
    package var system: String?

    package init(machine: Machine, system: String?) {
        self.machine = machine
        self.system = system
    }
}

/// Compiled programs, and the messages of those that do not compile, kept on disk for whoever judges the
/// same again: another attempt, a rejudging, another worker on this machine.
package final class CompileCache: Sendable {
    private let files: CacheDirectory
    private let surroundings: CompileSurroundings
    private let logger: Logger
    private let counts = Mutex(CacheUse())

    /// - Parameters:
    ///   - directory: the judge's own; made where it is missing.
    ///   - limit: of all files together; the longest unused go first.
    /// - Throws: `machine` when the directory cannot be used, or others may write there.
    package init(
        directory: String, limit: ByteCount, surroundings: CompileSurroundings, logger: Logger
    ) throws(JudgingError) {
        files = try CacheDirectory(path: directory, limit: limit)
        self.surroundings = surroundings
        self.logger = logger
    }

    package var use: CacheUse { counts.withLock { $0 } }

    /// - Parameter command: the compiler's arguments, filled in.
    /// - Returns: nil where it is not known what the compiler depends on.
    func key(
        of sources: SourceSet, in language: Language, command: [String],
        _ settings: JudgingSettings,
        _ limits: ProblemLimits
    ) -> CompileKey? {
        CompileKey(
            sources, in: language, command: command, settings, limits, surroundings)
    }

    /// What came of the same before; nil where nobody knows, also where the file is damaged.
    func find(_ key: CompileKey) -> KeptCompilation? {
        var found: KeptCompilation?
        if let bytes = files.read(key.name) {
            found = KeptCompilation(bytes: bytes, key: key)
            // Nobody writes over a file: the next one takes its place.
            if found == nil {
                logger.warning("a damaged file is removed", metadata: ["file": "\(key.name)"])
                files.remove(key.name)
            }
        }
        counts.withLock { [isFound = found != nil] counts in
            if !isFound { counts.misses += 1 } else { counts.hits += 1 }
        }
        return found
    }

    /// Keeps it where there is room for it. Judging goes on all the same where it cannot be written.
    func keep(_ compilation: KeptCompilation, for key: CompileKey) {
        do throws(JudgingError) {
            try files.write(key.name, try compilation.bytes(key: key))
        } catch {
            logger.warning("a compiled program was not kept", metadata: ["cause": "\(error)"])
        }
    }
}
