import Glibc
import Synchronization

/// How a connection waits for the lock of a database that another process has.
///
/// SQLite's own way tries less and less often, down to ten times a second, so that among many writers the
/// one that has waited longest gets the lock last. Here all try equally often, at random moments: with a
/// dozen writers that hold it for milliseconds nobody waits for seconds.
final class LockWait: Sendable {
    /// Microseconds between two tries.
    private static let pause: ClosedRange<UInt32> = 500...8_000

    private let limit: Duration
    /// When each thread that waits, or has waited last, began to.
    private let began = Mutex<[pthread_t: ContinuousClock.Instant]>([:])

    /// - Parameter limit: after which the call fails.
    init(atMost limit: Duration) {
        self.limit = limit
    }

    /// Waits a little.
    ///
    /// - Parameter tries: how often this call has failed before; 0 begins a new wait.
    /// - Returns: false when it has lasted long enough.
    func goOn(after tries: Int) -> Bool {
        let (thread, now) = (pthread_self(), ContinuousClock.now)
        let start = began.withLock { began in
            if tries == 0 { began[thread] = now }
            return began[thread] ?? now
        }
        guard start.duration(to: now) < limit else { return false }
        usleep(UInt32.random(in: Self.pause))
        return true
    }
}
