import JudgeCore
import Units

/// All that a compiled validator depends on. Equal keys give equal programs, whatever the package
/// they come from is called.
struct ValidatorKey: Sendable, Hashable {
    var names: [String]
    var contents: [[UInt8]]
    /// Of the compiler, or of the build script.
    var command: [String]
    var environment: [String]
    var compilationTime: Duration
    var compilationMemory: ByteCount
    /// Commands may name it.
    var validationMemory: ByteCount
}

/// What became of a validator's sources.
enum MadeValidator: Sendable {
    case program(ValidatorProgram)
    /// Why there is no program: the compiler's words.
    case failure(String)

    /// A program is what it is; a failure is certain when it is the one of the time before.
    func isLike(_ earlier: MadeValidator?) -> Bool {
        guard case .failure(let why) = self else { return true }
        guard case .failure(why)? = earlier else { return false }
        return true
    }

    var size: Int64 {
        switch self {
        case .program(let program): program.size
        case .failure(let why): Int64(why.utf8.count)
        }
    }
}

/// Compiled validators, and those that do not compile, kept for the next judging. Two that ask for one
/// program at the same time compile it once.
actor ValidatorCache {
    enum Claim {
        case found(MadeValidator)
        /// The caller is to compile it, and to call `finish` whatever comes of that.
        case absent
    }

    private typealias Waiter = CheckedContinuation<Void, Never>

    private struct Entry {
        var made: MadeValidator
        var lastUse: Int
        /// Whether it is what the next one would make, too: a program, or a failure that came twice.
        var isCertain: Bool
    }

    private let limit: ByteCount
    private var entries: [ValidatorKey: Entry] = [:]
    private var waiters: [ValidatorKey: [Int: Waiter]] = [:]
    private var clock = 0
    private(set) var use = CacheUse()

    init(limit: ByteCount) {
        self.limit = limit
    }

    /// The program, when need be after somebody else has compiled it.
    func claim(_ key: ValidatorKey) async throws(JudgingError) -> Claim {
        while true {
            guard !Task.isCancelled else { throw .cancelled }
            clock += 1
            if let entry = entries[key], entry.isCertain {
                entries[key]?.lastUse = clock
                use.hits += 1
                return .found(entry.made)
            }
            guard waiters[key] != nil else {
                waiters[key] = [:]
                use.misses += 1
                return .absent
            }
            await wait(for: key, id: clock)
        }
    }

    /// Ends a claim that found nothing.
    ///
    /// - Parameter made: nil when another try may come to something else; the next one who waits makes it, also
    ///   after a failure that came for the first time, since it may have been the machine's.
    func finish(_ key: ValidatorKey, with made: MadeValidator?) {
        clock += 1
        if let made {
            entries[key] = Entry(
                made: made, lastUse: clock, isCertain: made.isLike(entries[key]?.made))
            evict(for: key)
        }
        for waiter in (waiters.removeValue(forKey: key) ?? [:]).values { waiter.resume() }
    }

    private func wait(for key: ValidatorKey, id: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                if Task.isCancelled {
                    waiter.resume()
                } else {
                    waiters[key]?[id] = waiter
                }
            }
        } onCancel: {
            // It only wakes who waits, so that nobody needs to wait for it.
            Task { await self.wake(id, of: key) }
        }
    }

    private func wake(_ id: Int, of key: ValidatorKey) {
        waiters[key]?.removeValue(forKey: id)?.resume()
    }

    /// Makes room, of the longest unused first; never of the newest.
    private func evict(for newest: ValidatorKey) {
        var size = entries.values.reduce(0) { $0 + $1.made.size }
        while size > limit.bytes,
            let oldest = entries.filter({ $0.key != newest })
                .min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            size -= oldest.value.made.size
            entries[oldest.key] = nil
        }
    }
}
