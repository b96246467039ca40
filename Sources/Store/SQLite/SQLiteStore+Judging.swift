import GRDB
package import JudgeCore

extension SQLiteStore {
    package func addHostCheck(_ check: NewHostCheck) async throws(StoreError) -> Int64 {
        try await write("store a check of the machine", durable: true, audible: false) { db, now in
            if !check.holds, let replaced = try Self.replaceFailed(db, now, by: check) {
                return replaced
            }
            try db.execute(
                sql: """
                    INSERT INTO host_check (worker, checked_at_ms, outcome, document)
                    VALUES (?, ?, ?, ?)
                    """,
                arguments: [
                    check.worker, now.millisecondsSince1970, check.holds ? "held" : "failed",
                    check.document,
                ])
            return db.lastInsertedRowID
        }
    }

    /// Nothing refers to a check that failed: a worker that is started again and again on such a machine
    /// does not fill the database. When there are as many as are kept, the oldest makes way of those of the
    /// worker that has most, or of workers that differ in the number at their end alone, as processes on one
    /// host do: what another worker found is still there.
    ///
    /// - Returns: nil when there is room for one more.
    private static func replaceFailed(
        _ db: Database, _ now: Instant, by check: NewHostCheck
    ) throws -> Int64? {
        try Int64.fetchOne(
            db,
            sql: """
                UPDATE host_check SET worker = ?, checked_at_ms = ?, document = ?
                WHERE (SELECT count(*) FROM host_check WHERE outcome = 'failed') >= ?
                AND id = (
                    SELECT id FROM (
                        SELECT id, checked_at_ms, count(*) OVER (PARTITION BY worker) AS own,
                            count(*) OVER (PARTITION BY rtrim(worker, '0123456789')) AS alike
                        FROM host_check WHERE outcome = 'failed')
                    ORDER BY own DESC, alike DESC, checked_at_ms, id LIMIT 1)
                RETURNING id
                """,
            arguments: [
                check.worker, now.millisecondsSince1970, check.document,
                NewHostCheck.failedAtMost,
            ])
    }

    package func setQueueWeights(_ weights: QueueWeights) async throws(StoreError) {
        let pairs: [(QueueClass, Int)] = [
            (.high, weights.high), (.normal, weights.normal), (.low, weights.low),
            (.rejudging, weights.rejudging),
        ]
        try await write("store the weights of the queue", audible: false) { db, _ in
            for (queueClass, weight) in pairs {
                try db.execute(
                    sql: "UPDATE queue_class SET weight = ? WHERE class = ?",
                    arguments: [weight, queueClass.rawValue])
            }
        }
    }

    /// How SQLite finds what submitting and claiming look for in the queue, a line a step; for tests, and for whoever asks why a
    /// queue is slow.
    package func claimPlan() async throws(StoreError) -> [String] {
        try await read("explain a claim") { db, _ in
            try QueueOrder.claimQueries.flatMap { query in
                try Row.fetchAll(
                    db, sql: "EXPLAIN QUERY PLAN " + query.replacing("?", with: "0")
                ).map { $0["detail"] as String }
            }
        }
    }

    package func claim(
        worker: String, leaseDuration: Duration, hostCheck: Int64?
    ) async throws(StoreError) -> Claim? {
        // Asking first takes no lock: an idle worker that is woken for nothing disturbs nobody.
        guard try await isWorkWaiting() else { return nil }
        return try await write("claim a job") { db, now in
            try Self.rebaseLeases(db, now)
            try Self.endExpiredAttempts(db, now)
            guard let next = try QueueOrder.next(db) else { return nil }
            let row = try Row.fetchOne(
                db.cachedStatement(sql: Self.claimStatement),
                arguments: [
                    "job": next.job, "worker": worker, "now": now.millisecondsSince1970,
                    "lease": leaseDuration.wholeMilliseconds, "check": hostCheck,
                ])
            guard let row else { return nil }
            try QueueOrder.leave(db, next.queueClass, turn: row["turn"])
            let submission = try Submission.stored(db, row["submission_id"])
            guard let problem = try InstalledProblem.version(db, row["problem_version"]) else {
                throw StoreError.noSuchProblem(id: submission.problem)
            }
            let waited =
                now.millisecondsSince1970 - row.instant("queued_at_ms").millisecondsSince1970
            return Claim(
                lease: Lease(row), submission: submission, problem: problem,
                waited: .milliseconds(max(0, waited)))
        }
    }

    package func renew(
        _ lease: Lease, for leaseDuration: Duration
    ) async throws(StoreError) -> Lease? {
        try await write("renew a lease", audible: false) { db, now in
            try Row.fetchOne(
                db,
                sql: """
                    UPDATE job SET lease_expires_at_ms = ?, renewed_at_ms = ?,
                        claimed_at_ms = min(claimed_at_ms, ?)
                    WHERE id = ? AND token = ?
                    RETURNING id, submission_id, token, attempts, lease_expires_at_ms
                    """,
                arguments: [
                    now.millisecondsSince1970 + leaseDuration.wholeMilliseconds,
                    now.millisecondsSince1970, now.millisecondsSince1970, lease.jobID,
                    lease.token,
                ]
            ).map(Lease.init)
        }
    }

    package func finish(
        _ lease: Lease, with judgement: Judgement
    ) async throws(StoreError) -> LeaseAnswer {
        try await write("store a judgement", durable: true) { db, now in
            guard let running = try RunningJob.held(db, by: lease) else { return .leaseLost }
            try running.end(db, now, state: .done, outcome: .judged)
            try judgement.insert(db, from: running.origin, at: now)
            return .written
        }
    }

    package func fail(
        _ lease: Lease, cause: String
    ) async throws(StoreError) -> LeaseAnswer {
        try await write("store a failed attempt", durable: true) { db, now in
            guard let running = try RunningJob.held(db, by: lease) else { return .leaseLost }
            try running.endAttempt(
                db, now, outcome: .failed, cause: cause.stored(StoredSize.reason))
            return .written
        }
    }

    package func giveBack(_ lease: Lease) async throws(StoreError) -> LeaseAnswer {
        try await write("give a job back") { db, now in
            guard let running = try RunningJob.held(db, by: lease) else { return .leaseLost }
            try running.end(db, now, state: .queued, outcome: .givenBack)
            try db.execute(
                sql: "UPDATE job SET attempts = attempts - 1 WHERE id = ?",
                arguments: [running.id])
            return .written
        }
    }

    package func timeToNextExpiry() async throws(StoreError) -> Duration? {
        try await read("find the next lease to expire") { db, now in
            try Int64.fetchOne(
                db.cachedStatement(sql: QueueOrder.earliestExpiryQuery)
            ).map { .milliseconds(max(0, $0 - now.millisecondsSince1970)) }
        }
    }

    package func lostLeases(among leases: [Lease]) async throws(StoreError) -> [Lease] {
        try await read("look for lost leases") { db, _ in
            let held = try db.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM job WHERE id = ? AND token = ?)")
            return try leases.filter { lease in
                try Bool.fetchOne(held, arguments: [lease.jobID, lease.token]) != true
            }
        }
    }

    private static let claimStatement = """
        UPDATE job SET state = 'running', attempts = attempts + 1,
            token = lower(hex(randomblob(16))), worker = :worker, claimed_at_ms = :now,
            renewed_at_ms = :now, lease_expires_at_ms = :now + :lease, host_check_id = :check,
            tests_done = NULL, tests_total = NULL
        WHERE id = :job AND state = 'queued'
        RETURNING id, submission_id, problem_version, token, attempts, lease_expires_at_ms, turn,
            queued_at_ms
        """

    package func isWorkWaiting() async throws(StoreError) -> Bool {
        try await read("look for work") { db, now in
            try Bool.fetchOne(
                db.cachedStatement(sql: QueueOrder.waitingQuery),
                arguments: [now.millisecondsSince1970, now.millisecondsSince1970]) ?? false
        }
    }

    /// A lease that was set in the future says that the clock was set back since: it would last so much
    /// longer. Who renews it afterwards has set it right already.
    private static func rebaseLeases(_ db: Database, _ now: Instant) throws {
        let time = now.millisecondsSince1970
        try db.cachedStatement(sql: QueueOrder.rebaseStatement)
            .execute(arguments: [time, time, time, time])
    }

    /// Jobs whose lease ran out are queued again, or dead after their last attempt.
    private static func endExpiredAttempts(_ db: Database, _ now: Instant) throws {
        let expired = try Row.fetchAll(
            db.cachedStatement(sql: QueueOrder.expiredQuery),
            arguments: [now.millisecondsSince1970]
        ).map(RunningJob.init)
        for job in expired {
            try job.endAttempt(
                db, now, outcome: .expired,
                cause: "worker \(job.worker) did not renew its lease in time")
        }
    }
}

extension Lease {
    init(_ row: Row) {
        self.init(
            jobID: row["id"], submissionID: row["submission_id"], token: row["token"],
            attempt: row["attempts"], expiresAt: row.instant("lease_expires_at_ms"))
    }
}
