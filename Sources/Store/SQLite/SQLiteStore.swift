import GRDB
package import JudgeCore

/// What a command wants of the database file; see `SQLiteStore.open(path:access:clock:busyTimeout:attempts:)`.
package enum DatabaseAccess: Sendable {
    /// Reads only; the file must exist.
    case read
    /// Copies only, whatever the version of the file; it must exist.
    case copy
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

/// The store in one SQLite file.
///
/// The file is in WAL mode, so that readers never wait for the one writer at a time. Each store has
/// one connection for its writes and one for its reads, each on its own dispatch queue, so that a worker sees
/// that a submission was cancelled also while a write of its own waits for the lock; transactions that write begin IMMEDIATE, so that one
/// waits for its turn at its start and cannot fail for a lock later. Submissions and judgements are
/// synced to disk before their call returns (`synchronous=FULL`); what a power loss may undo without
/// harm (claims, renewals, progress) is not (`NORMAL`). A call runs to its end also when the calling
/// task is cancelled: a stopping worker gives back its jobs that way.
///
/// Each transaction looks whether the schema is still the one that it was opened with: a process that runs
/// across an upgrade neither writes nor reads tables that it does not know.
///
/// After each commit the store touches its file. That is the bell by which `changes()` of any
/// process wakes: writes to the WAL alone come before the commit is visible.
package final class SQLiteStore: JobStore {
    /// Absolute, without symbolic links.
    package let path: String
    /// Writes, one after the other.
    private let queue: DatabaseQueue
    /// Reads; the same where nothing is written.
    let reader: DatabaseQueue
    let attempts: Int
    let audit: AuditTrail
    private let schema: Schema
    private let clock: DatabaseClock

    private init(
        path: String, connections: Connections, attempts: Int, schema: Schema, clock: DatabaseClock
    ) {
        audit = schema.audit
        self.path = path
        queue = connections.writer
        reader = connections.reader
        self.attempts = attempts
        self.schema = schema
        self.clock = clock
    }

    /// Opens the file, and brings its schema up to date unless `access` only reads.
    ///
    /// - Parameters:
    ///   - path: symbolic links are followed.
    ///   - busyTimeout: how long a call waits for another process's lock before it throws `locked`.
    ///   - attempts: how many attempts a job has that is submitted through this store, at least 1.
    ///   - actor: who acts through it, for the audit trail.
    package static func open(
        path: String, access: DatabaseAccess, clock: DatabaseClock = .database,
        busyTimeout: Duration = .seconds(5), attempts: Int = 3, actor: Actor = .current
    ) async throws(StoreError) -> SQLiteStore {
        let path = try DatabasePath.resolve(path, access: access)
        let errors = ErrorTranslation(path: path)
        let schema = Schema(
            path: path, migrations: Schema.all, audit: AuditTrail(actor: actor))
        let opened: Result<Connections, StoreError> = await offPool {
            errors.catching("open the judge's tables") {
                let queue = try DatabaseQueue(
                    path: path, configuration: configuration(access, busyTimeout))
                switch access {
                case .read: try schema.check(queue)
                case .copy: try schema.checkOwner(queue)
                case .write, .create: try schema.migrate(queue, busyTimeout: busyTimeout)
                }
                switch access {
                case .read, .copy: return Connections(writer: queue, reader: queue)
                case .write, .create:
                    let reader = try DatabaseQueue(
                        path: path, configuration: configuration(.read, busyTimeout))
                    return Connections(writer: queue, reader: reader)
                }
            }
        }
        return SQLiteStore(
            path: path, connections: try opened.get(), attempts: max(1, attempts), schema: schema,
            clock: clock)
    }

    package func changes() throws(StoreError) -> AsyncStream<Void> {
        try ChangeWatch.stream(of: path)
    }

    package func close() async throws(StoreError) {
        let (queue, reader, errors) = (queue, reader, ErrorTranslation(path: path))
        let closed: Result<Void, StoreError> = await offPool {
            errors.catching("close the connection") {
                // The last to close takes the log away, which a reader cannot.
                if reader !== queue { try reader.close() }
                try queue.close()
            }
        }
        try closed.get()
    }

    private static func configuration(
        _ access: DatabaseAccess, _ busyTimeout: Duration
    ) -> GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.foreignKeysEnabled = true
        let wait = LockWait(atMost: busyTimeout)
        configuration.busyMode = .callback { wait.goOn(after: $0) }
        configuration.label = "judge.store"
        switch access {
        case .read, .copy: configuration.readonly = true
        case .write, .create:
            configuration.prepareDatabase { db in
                // Debian's SQLite zeroes what is freed, through the log: pruning would want as much free
                // space as it frees.
                try db.execute(sql: "PRAGMA secure_delete = OFF; PRAGMA synchronous = NORMAL")
            }
        }
        return configuration
    }
}

private struct Connections: Sendable {
    var writer: DatabaseQueue
    var reader: DatabaseQueue
}

// MARK: - Transactions

extension SQLiteStore {
    /// Runs `work` in one transaction that writes, then rings the bell.
    ///
    /// - Parameters:
    ///   - doing: what is done, as a command: "store a submission".
    ///   - durable: whether it must be on disk when the call returns.
    ///   - audible: whether others should look.
    func write<Value: Sendable>(
        _ doing: String, durable: Bool = false, audible: Bool = true,
        _ work: @escaping @Sendable (Database, Instant) throws -> Value
    ) async throws(StoreError) -> Value {
        let (schema, clock, path) = (schema, clock, path)
        let errors = ErrorTranslation(path: path)
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            queue.asyncWriteWithoutTransaction { db in
                let result = errors.catching(doing) {
                    try FullDisk.telling(db) {
                        try Self.writing(db, durable: durable) {
                            try Self.transaction(db, .immediate, schema, clock, work)
                        }
                    }
                }
                if audible, case .success = result { ChangeWatch.ring(path) }
                continuation.resume(returning: result)
            }
        }
        return try result.get()
    }

    /// Runs `work` on one state of the database.
    func read<Value: Sendable>(
        _ doing: String, _ work: @escaping @Sendable (Database, Instant) throws -> Value
    ) async throws(StoreError) -> Value {
        let (schema, clock, errors) = (schema, clock, ErrorTranslation(path: path))
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            // Not asyncRead, which ends the process when the store is closed.
            reader.asyncWriteWithoutTransaction { db in
                let result = errors.catching(doing) {
                    try Self.transaction(db, .deferred, schema, clock, work)
                }
                continuation.resume(returning: result)
            }
        }
        return try result.get()
    }

    private static func writing<Value>(
        _ db: Database, durable: Bool, _ body: () throws -> Value
    ) throws -> Value {
        guard durable else { return try body() }
        // The level cannot change inside a transaction.
        try db.execute(sql: "PRAGMA synchronous = FULL")
        // A connection that cannot take the pragma is broken: the next call tells.
        defer { try? db.execute(sql: "PRAGMA synchronous = NORMAL") }
        return try body()
    }

    private static func transaction<Value>(
        _ db: Database, _ kind: Database.TransactionKind, _ schema: Schema,
        _ clock: DatabaseClock, _ work: (Database, Instant) throws -> Value
    ) throws -> Value {
        var value: Value?
        try db.inTransaction(kind) {
            try schema.checkUnchanged(db)
            value = try work(db, now(db, clock))
            return .commit
        }
        guard let value else {
            throw DatabaseError(resultCode: .SQLITE_ABORT, message: "nothing was committed")
        }
        return value
    }

    private static func now(_ db: Database, _ clock: DatabaseClock) throws -> Instant {
        switch clock {
        case .manual(let read): return read()
        case .database:
            let milliseconds = try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT \(SQLText.nowInMilliseconds)"))
            return Instant(millisecondsSince1970: milliseconds ?? 0)
        }
    }
}
