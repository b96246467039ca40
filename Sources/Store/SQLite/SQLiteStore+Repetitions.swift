import GRDB
package import JudgeCore

/// A judging that was made again.
package struct NewRepetition: Sendable, Equatable {
    /// Whose judgement is stored already.
    package var jobID: Int64
    package var worker: String
    /// By which the worker is held back, if there is a difference.
    package var heldAs: String
    /// Where it was made again.
    package var slot: Int
    /// Where it was judged first.
    package var firstSlot: Int
    /// What it came to.
    package var judgement: Judgement
    /// In words; nil when it came to the same.
    package var difference: String?

    package init(
        jobID: Int64, worker: String, heldAs: String, slot: Int, firstSlot: Int,
        judgement: Judgement, difference: String?
    ) {
        self.jobID = jobID
        self.worker = worker
        self.heldAs = heldAs
        self.slot = slot
        self.firstSlot = firstSlot
        self.judgement = judgement
        self.difference = difference
    }
}

extension SQLiteStore {
    package func addRepetition(_ repetition: NewRepetition) async throws(StoreError) {
        try await write("store a repetition", durable: true) { db, now in
            try db.execute(
                sql: """
                    INSERT INTO repetition
                    (job_id, worker, slot, first_slot, verdict, difference, repeated_at_ms,
                     condition_id)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    repetition.jobID, repetition.worker, repetition.slot,
                    repetition.firstSlot, repetition.judgement.verdict.rawValue,
                    repetition.difference?.stored(StoredSize.reason), now.millisecondsSince1970,
                    try Conditions.id(db, of: repetition.judgement.conditions),
                ])
            guard repetition.difference != nil else { return }
            // Who is held already stays held for the first reason.
            try db.execute(
                sql: """
                    INSERT INTO worker_hold (worker, repetition_id, held_at_ms) VALUES (?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """,
                arguments: [
                    repetition.heldAs, db.lastInsertedRowID, now.millisecondsSince1970,
                ])
        }
    }

    package func isHeld(_ worker: String) async throws(StoreError) -> Bool {
        try await read("look whether a worker is held") { db, _ in
            let held = try db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM worker_hold
                        WHERE worker = ? AND released_at_ms IS NULL)
                    """)
            return try Bool.fetchOne(held, arguments: [worker]) ?? false
        }
    }

    /// Lets a worker that is held have new work.
    ///
    /// - Returns: false when it is not held.
    package func release(_ worker: String) async throws(StoreError) -> Bool {
        try await write("release a worker", durable: true) { [audit] db, now in
            try db.execute(
                sql: """
                    UPDATE worker_hold SET released_at_ms = ?
                    WHERE worker = ? AND released_at_ms IS NULL
                    """,
                arguments: [now.millisecondsSince1970, worker])
            guard db.changesCount > 0 else { return false }
            try audit.add(db, now, .releaseWorker, "worker \(worker)")
            return true
        }
    }

    /// Names of the workers that are held now, in the order in which they came to be.
    package func heldWorkers() async throws(StoreError) -> [String] {
        try await read("list held workers") { db, _ in
            try String.fetchAll(
                db, sql: "SELECT worker FROM worker_hold WHERE released_at_ms IS NULL ORDER BY id")
        }
    }
}
