package import JudgeCore

/// What a command wants of the database file; see `SQLiteStore.open(path:access:clock:busyTimeout:)`.
package enum DatabaseAccess: Sendable {
    /// Reads only; the file must exist.
    case read
    /// Reads and writes; the file must exist.
    case write
    /// Reads and writes; the file is made when there is none.
    case create
}

/// The clock that leases and ages are measured by.
package enum DatabaseClock: Sendable {
    /// SQLite's own, read inside each transaction.
    case database
    /// The caller's, for tests.
    case manual(@Sendable () -> Instant)
}
