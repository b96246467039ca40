import Units

/// Elapsed time from exec, by the monotonic clock.
///
/// Set: by watching. Breach: the clock passes the deadline. A run that is stopped so was idle when it
/// used less than a hundredth of one processor from the middle of its time on: it waited for what did
/// not come, and more time would not have helped it.
struct WallTimeLimit {
    let nanoseconds: Int64

    /// A look at the CPU account: when, and what it said, in nanoseconds.
    struct Look: Equatable {
        var at: Int64
        var used: Int64
    }

    init(_ limit: Duration) {
        nanoseconds = limit.wholeMicroseconds * 1_000
    }

    func deadline(startedAt: Int64) -> Int64 { startedAt + nanoseconds }

    /// When to look at the account for the first time; most runs are over by then.
    func middle(startedAt: Int64) -> Int64 { startedAt + nanoseconds / 2 }

    /// Whether next to nothing was used between two looks.
    func wasIdle(from first: Look?, to last: Look) -> Bool {
        guard let first else { return false }
        return (last.used - first.used) * 100 < last.at - first.at
    }

    func reason(elapsed: Duration) -> String {
        "ran \(elapsed.secondsText) of \(Duration.microseconds(nanoseconds / 1_000).secondsText) "
            + "wall time"
    }

    func idleReason(elapsed: Duration, used: Duration) -> String {
        reason(elapsed: elapsed) + " and waited for the second half of it; "
            + "used \(used.secondsText) of CPU time in all"
    }
}
