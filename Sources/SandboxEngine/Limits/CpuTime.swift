import Linux
import Units

/// CPU time of the whole tree, by the cgroup's own account.
///
/// Set: by watching. Breach: what the program used since exec exceeds the limit. The
/// next look is at the earliest moment at which the limit could be reached if every processor that
/// the run may use were busy for it.
struct CpuTimeLimit {
    /// The account is not looked at more often.
    static let finest: Int64 = 1_000_000

    let nanoseconds: Int64
    let processors: Int64
    private(set) var nextLook: Int64

    init(_ limit: Duration, processors: Int, now: Int64) {
        nanoseconds = limit.wholeMicroseconds * 1_000
        self.processors = Int64(max(1, processors))
        nextLook = now + nanoseconds / self.processors
    }

    /// Looks, and plans the next look.
    /// - Returns: whether the limit is exceeded.
    mutating func look(used: Int64, now: Int64) -> Bool {
        nextLook = now + max(Self.finest, (nanoseconds - used) / processors)
        return used > nanoseconds
    }

    func reason(used: Duration) -> String {
        "used \(used.secondsText) of \(Duration.microseconds(nanoseconds / 1_000).secondsText)"
    }
}
