import Units

/// Elapsed time from exec, by the monotonic clock.
///
/// Set: by watching. Breach: the clock passes the deadline.
struct WallTimeLimit {
    let nanoseconds: Int64

    init(_ limit: Duration) {
        nanoseconds = limit.wholeMicroseconds * 1_000
    }

    func deadline(startedAt: Int64) -> Int64 { startedAt + nanoseconds }

    func reason(elapsed: Duration) -> String {
        "ran \(elapsed.secondsText) of \(Duration.microseconds(nanoseconds / 1_000).secondsText) "
            + "wall time"
    }
}
