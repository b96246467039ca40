import GRDB
import Glibc
import JudgeCore
import Units

/// One step from a schema to the next. Steps are only ever appended.
struct Migration: Sendable {
    /// 1 for the first; the schema's number once it is applied.
    var number: Int
    var apply: @Sendable (Database) throws -> Void
    /// Bytes that it writes at the very least, of a database of an earlier version; nil where that is next to
    /// nothing.
    var leastWritten: (@Sendable (Database) throws -> Int64)?
}

/// The numbered schema of a database file. Its number is SQLite's `user_version`.
struct Schema: Sendable {
    /// In order, append only.
    static let all = [
        migration0001Queue, migration0002HostChecks, migration0003TeamMessages,
        migration0004Transcripts, migration0005Cancelling, migration0006Rejudging,
        migration0007Turns, migration0008KeptOutputs, migration0009Conditions,
        migration0010RunningTests, migration0011Audit, migration0012Repetitions,
        migration0013Messages, migration0014RepetitionSides,
        migration0015Renewals, migration0016TimeSamples,
    ]

    let path: String
    let migrations: [Migration]
    let audit: AuditTrail

    private var known: Int { migrations.count }

    /// Throws unless the schema is exactly the known one.
    func check(_ queue: DatabaseQueue) throws {
        try requireKnown(try queue.read(version))
    }

    private func requireKnown(_ found: Int) throws {
        guard found <= known else {
            throw StoreError.newerVersion(path: path, found: found, known: known)
        }
        guard found == known else {
            throw StoreError.olderVersion(path: path, found: found, known: known)
        }
    }

    /// Throws when somebody has brought the file up to date, or put an older one in its place, since it was
    /// opened. To be called in a transaction.
    func checkUnchanged(_ db: Database) throws {
        let found = try Int.fetchOne(db.cachedStatement(sql: "PRAGMA user_version")) ?? 0
        try requireKnown(found)
    }

    /// Throws when the file is not the judge's, of whatever version.
    func checkOwner(_ queue: DatabaseQueue) throws {
        _ = try queue.read(version)
    }

    /// Applies what is missing, in one transaction. Of several processes that come at once one
    /// applies it and the others wait, then find it done.
    func migrate(_ queue: DatabaseQueue, busyTimeout: Duration) throws {
        let found = try queue.read(version)
        guard found <= known else {
            throw StoreError.newerVersion(path: path, found: found, known: known)
        }
        guard found < known else { return }
        try requireRoom(queue, for: migrations.dropFirst(found), from: found)
        try enterWAL(queue, busyTimeout: busyTimeout)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try FullDisk.telling(db) {
                try db.inTransaction(.immediate) {
                    try applyMissing(db)
                    return .commit
                }
            }
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        // Who has the file open learns at once that it is another's now.
        ChangeWatch.ring(path)
    }

    /// Throws when there is plainly no room for what the migrations write. Looked for without the lock that
    /// writers wait for; one that runs out of room all the same leaves the file as it was.
    private func requireRoom(
        _ queue: DatabaseQueue, for missing: ArraySlice<Migration>, from found: Int
    ) throws {
        // A new file has nothing to be moved.
        guard found > 0 else { return }
        let needed = try queue.read { db in
            try missing.reduce(0) { try $0 + ($1.leastWritten?(db) ?? 0) }
        }
        guard needed > 0, let room = DatabasePath.room(for: path) else { return }
        guard room.bytes >= needed else {
            throw StoreError.noRoom(path: path, needed: ByteCount(needed), free: room)
        }
    }

    private func applyMissing(_ db: Database) throws {
        let found = try version(db)
        guard found <= known else {
            throw StoreError.newerVersion(path: path, found: found, known: known)
        }
        for migration in migrations.dropFirst(found) {
            try migration.apply(db)
            try db.execute(sql: "PRAGMA user_version = \(migration.number)")
        }
        try remember(db, found)
    }

    private func remember(_ db: Database, _ found: Int) throws {
        let now = try Int64.fetchOne(db, sql: "SELECT \(SQLText.nowInMilliseconds)") ?? 0
        try audit.add(
            db, Instant(millisecondsSince1970: now), .migrate, "schema",
            detail: "from \(found) to \(known)")
    }

    /// The schema's number; 0 for an empty file.
    private func version(_ db: Database) throws -> Int {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        guard version > 0 || tables == 0 else { throw StoreError.foreign(path: path) }
        return version
    }

    /// Switches a new file to WAL. SQLite does not wait for the lock in this one place, so that of
    /// two processes that make the file at once one is told BUSY and must come again.
    private func enterWAL(_ queue: DatabaseQueue, busyTimeout: Duration) throws {
        let pause = Duration.milliseconds(5)
        for remaining in stride(from: busyTimeout / pause, through: 0, by: -1) {
            do {
                try queue.writeWithoutTransaction {
                    try $0.execute(sql: "PRAGMA journal_mode = WAL")
                }
                return
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_BUSY && remaining >= 1
            {
                usleep(UInt32(pause.wholeMicroseconds))
            }
        }
    }
}
