// Theory of operation. What a compilation comes to is decided by the sources, the language, the
// compiler with what it reads of the machine, and the limits. All of these are digested into one key,
// and what came of it lies below that key in a directory of the judge's own: one file, written whole or
// not at all, never written again, and taken only when its checksum is still the one it was written
// with. Runs never see the directory. Only programs are kept: that there is none may be the fault of a
// machine that is well again the next time. Where the compiler or the list of packages was written to
// since it was digested, nothing is taken and nothing kept until somebody has digested it again.

import JudgeCore
package import Logging
import Problems
import Sandboxing
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

/// Compiled programs kept on disk for whoever judges the same again: another attempt, a rejudging, another
/// worker on this machine.
package final class CompileCache: Sendable {
    private let files: CacheDirectory
    private let headers: HeaderCache
    private let surroundings: KnownSurroundings
    private let logger: Logger
    private let counts: Counts
    /// The look at the machine that the judging's slot was opened after; nil: no slot is opened anew.
    private let look: Int?

    /// Shared by all that see the same directory for one worker.
    private final class Counts: Sendable {
        let use = Mutex(CacheUse())
    }

    /// - Parameters:
    ///   - directory: the judge's own; made where it is missing.
    ///   - limit: of all files together, a quarter of it for precompiled headers; the longest unused go
    ///     first.
    package init(
        directory: String, limit: ByteCount, surroundings: KnownSurroundings, logger: Logger
    ) throws(CacheFault) {
        let (programs, headers) = Self.places(in: directory)
        let shared = ByteCount(limit.bytes / 4)
        files = try CacheDirectory(path: programs, limit: ByteCount(limit.bytes - shared.bytes))
        self.headers = HeaderCache(
            try CacheDirectory(path: headers, limit: shared, largest: shared, isSynced: true),
            logger: logger)
        self.surroundings = surroundings
        self.logger = logger
        counts = Counts()
        look = nil
    }

    private init(_ cache: CompileCache, since look: Int) {
        (files, headers, surroundings) = (cache.files, cache.headers, cache.surroundings)
        (logger, counts) = (cache.logger, cache.counts)
        self.look = look
    }

    /// The same for a judging whose slot sees what this look at the machine found: when another judging has
    /// looked since, nothing is taken and nothing kept.
    func seen(since look: Int) -> CompileCache { CompileCache(self, since: look) }

    /// Whether a cache could be in `directory` as things are; nothing is made.
    package static func examine(directory: String) throws(CacheFault) {
        let (programs, headers) = places(in: directory)
        try CacheDirectory.examine(path: programs)
        try CacheDirectory.examine(path: headers)
    }

    private static func places(in directory: String) -> (programs: String, headers: String) {
        ("\(directory)/programs", "\(directory)/headers")
    }

    package var use: CacheUse { counts.use.withLock { $0 } }

    /// - Parameter command: the compiler's arguments, filled in.
    /// - Returns: nil where it is not known what the compiler depends on, or is known no more.
    func key(
        of sources: SourceSet, _ arguments: ArgumentTemplate, in language: Language,
        _ settings: JudgingSettings, _ limits: ProblemLimits, on slot: any Slot
    ) async -> CompileKey? {
        let (latest, latestLook) = surroundings.latest
        _ = await surroundings.completed(
            latest.machine, look: latestLook, for: language, on: slot)
        guard let (known, look) = current() else { return nil }
        return CompileKey(
            sources, arguments, in: language, settings, limits, known, look: look)
    }

    /// Whether all that a key was made of is still so.
    private func isCurrent(_ key: CompileKey) -> Bool { current()?.look == key.look }

    /// What there is, as the judging's slot sees it; nil where it sees something else.
    private func current() -> (known: CompileSurroundings, look: Int)? {
        guard let current = surroundings.current(), look == nil || look == current.look else {
            return nil
        }
        return current
    }

    /// The precompiled header for these sources, when need be after `make` has made it; nil where there is none,
    /// or where it would not stand for the header itself.
    ///
    /// - Parameter make: nil where it could not be made.
    func header(
        for sources: SourceSet, in language: Language, _ settings: JudgingSettings,
        make: (_ header: String, _ command: [String]) async throws(JudgingError) -> [UInt8]?
    ) async throws(JudgingError) -> PrecompiledHeader? {
        guard let header = language.header, let command = language.precompile,
            HeaderRule.admits(sources, in: language, header: header),
            let (known, look) = current(),
            let key = CompileKey(headerOf: language, settings, known, look: look)
        else { return nil }
        return try await headers.header(
            key, called: header, language: language.id,
            make: { () async throws(JudgingError) in try await make(header, command) },
            isCurrent: { isCurrent(key) })
    }

    /// Never again uses a header with which sources did not compile that compile without it.
    func distrust(_ header: PrecompiledHeader) { headers.distrust(header) }

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
        counts.use.withLock { [isFound = found != nil] counts in
            if !isFound { counts.misses += 1 } else { counts.hits += 1 }
        }
        return found
    }

    /// Keeps it where there is room for it, unless the compiler was changed meanwhile. Judging goes on all the
    /// same where it cannot be written.
    func keep(_ compilation: KeptCompilation, for key: CompileKey) {
        guard isCurrent(key) else { return }
        do throws(CacheFault) {
            try files.write(key.name, try compilation.bytes(key: key))
        } catch {
            logger.warning("a compiled program was not kept", metadata: ["cause": "\(error)"])
        }
    }
}
