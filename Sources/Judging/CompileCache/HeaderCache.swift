import JudgeCore
import Logging
import Synchronization

/// A header that was precompiled, on disk.
struct PrecompiledHeader: Sendable {
    var key: CompileKey
    /// As it is included: `bits/stdc++.h`.
    var header: String
    /// For this process; it may lead nowhere any more.
    var path: String
    /// Bytes.
    var size: Int
}

/// Precompiled headers, each made once by the first who needs it.
final class HeaderCache: Sendable {
    private struct State {
        /// Being made by somebody: others do without meanwhile.
        var making: Set<String> = []
        /// Not tried again by this process.
        var failed: Set<String> = []
    }

    private let files: CacheDirectory
    private let logger: Logger
    private let state = Mutex(State())

    init(_ files: CacheDirectory, logger: Logger) {
        self.files = files
        self.logger = logger
    }

    /// - Parameters:
    ///   - make: nil where it could not be made; it is not asked again then.
    ///   - isCurrent: whether what was made is still what the key says.
    func header(
        _ key: CompileKey, called header: String, language: String,
        make: () async throws(JudgingError) -> [UInt8]?, isCurrent: () -> Bool
    ) async throws(JudgingError) -> PrecompiledHeader? {
        let isFree = state.withLock { state in
            !state.failed.contains(key.name) && !state.making.contains(key.name)
        }
        guard isFree else { return nil }
        if let found = find(key, header) { return found }
        guard state.withLock({ $0.making.insert(key.name).inserted }) else { return nil }
        defer { state.withLock { _ = $0.making.remove(key.name) } }
        let made = try await make()
        guard isCurrent() else { return nil }
        guard let bytes = made else {
            giveUp(key, "the compiler did not make it", header, language)
            return nil
        }
        do throws(CacheFault) {
            try files.write(key.name, bytes)
        } catch {
            giveUp(key, "\(error)", header, language)
            return nil
        }
        guard let kept = find(key, header) else {
            giveUp(key, "its \(bytes.count) bytes find no room in cache_size", header, language)
            return nil
        }
        logger.info(
            "a header is precompiled", metadata: ["header": "\(header)", "language": "\(language)"])
        return kept
    }

    func distrust(_ header: PrecompiledHeader) {
        files.remove(header.key.name)
        _ = state.withLock { $0.failed.insert(header.key.name) }
        logger.warning(
            "a precompiled header is not used any more: with it sources do not compile that compile without",
            metadata: ["header": "\(header.header)"])
    }

    private func find(_ key: CompileKey, _ header: String) -> PrecompiledHeader? {
        files.find(key.name).map {
            PrecompiledHeader(key: key, header: header, path: $0.path, size: $0.size)
        }
    }

    private func giveUp(_ key: CompileKey, _ why: String, _ header: String, _ language: String) {
        _ = state.withLock { $0.failed.insert(key.name) }
        logger.warning(
            "a header is not precompiled",
            metadata: [
                "header": "\(header)", "language": "\(language)", "cause": "\(why)",
            ])
    }
}
