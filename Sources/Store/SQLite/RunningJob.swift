import GRDB
import JudgeCore
import Units

/// How an attempt ended, as the attempt's row says it.
enum AttemptOutcome: String {
    case judged
    case failed
    case expired
    case givenBack = "given-back"
}

/// A job in state `running`, read within the transaction that ends its attempt.
struct RunningJob {
    let id: Int64
    let submissionID: Int64
    let attempt: Int
    let attemptLimit: Int
    let worker: String
    let claimedAt: Instant
    /// What its worker found of its machine.
    let hostCheck: Int64?

    init(_ row: Row) {
        id = row["id"]
        submissionID = row["submission_id"]
        attempt = row["attempts"]
        attemptLimit = row["attempt_limit"]
        worker = row["worker"]
        claimedAt = row.instant("claimed_at_ms")
        hostCheck = row["host_check_id"]
    }

    /// nil when the lease is no longer the job's.
    static func held(_ db: Database, by lease: Lease) throws -> RunningJob? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM job WHERE id = ? AND token = ? AND state = 'running'",
            arguments: [lease.jobID, lease.token]
        ).map(RunningJob.init)
    }

    /// Ends an attempt that brought no judgement: the job is queued again, or dead with a judgement
    /// that tells the cause.
    func endAttempt(
        _ db: Database, _ now: Instant, outcome: AttemptOutcome, cause: String
    ) throws {
        guard attempt >= attemptLimit else {
            return try end(db, now, state: .queued, outcome: outcome, cause: cause)
        }
        try end(db, now, state: .dead, outcome: outcome, cause: cause)
        let text =
            "no verdict in \(attempt) \(attempt == 1 ? "attempt" : "attempts"), the last: \(cause)"
        try insert(
            db, Judgement(verdict: .judgeError, reason: Reason(.attemptsExhausted, text)), at: now)
    }

    /// Takes the lease off the job and remembers the attempt.
    func end(
        _ db: Database, _ now: Instant, state: JobState, outcome: AttemptOutcome,
        cause: String? = nil
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO attempt
                (job_id, attempt, worker, claimed_at_ms, ended_at_ms, outcome, cause)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, attempt, worker, claimedAt.millisecondsSince1970, now.millisecondsSince1970,
                outcome.rawValue, cause,
            ])
        try db.execute(
            sql: """
                UPDATE job SET state = ?, token = NULL, worker = NULL, claimed_at_ms = NULL,
                    lease_expires_at_ms = NULL, host_check_id = NULL, tests_done = NULL,
                    tests_total = NULL
                WHERE id = ?
                """,
            arguments: [state.rawValue, id])
    }

    func insert(_ db: Database, _ judgement: Judgement, at now: Instant) throws {
        let compile = judgement.compile
        try db.execute(
            sql: """
                INSERT INTO judgement
                (submission_id, job_id, verdict, score, reason_code, reason, cpu_time_us,
                 wall_time_us, memory_peak_bytes, compile_ok, compile_cpu_time_us,
                 compile_memory_peak_bytes, judged_at_ms, worker, attempt, host_check_id,
                 condition_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                submissionID, id, judgement.verdict.rawValue, judgement.score,
                judgement.reason?.code.rawValue,
                judgement.reason?.text.stored(StoredSize.reason),
                judgement.cpuTime?.wholeMicroseconds, judgement.wallTime?.wholeMicroseconds,
                judgement.memoryPeak?.bytes, compile?.ok, compile?.cpuTime.wholeMicroseconds,
                compile?.memoryPeak.bytes,
                now.millisecondsSince1970, worker, attempt, hostCheck,
                try Conditions.id(db, of: judgement.conditions),
            ])
        let judgementID = db.lastInsertedRowID
        try CompilerMessages.insert(db, compile?.output ?? "", of: judgementID)
        for (position, test) in judgement.tests.enumerated() {
            try insert(db, test, at: position, of: judgementID)
            for output in test.outputs { try output.insert(db, at: position, of: judgementID) }
        }
    }

    private func insert(
        _ db: Database, _ test: TestResult, at position: Int, of judgement: Int64
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO judgement_test
                (judgement_id, position, name, test_group, verdict, score, reason_code, reason,
                 cpu_time_us, wall_time_us, memory_peak_bytes, exit_code, signal, checker_message,
                 team_message)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            judgement, position, test.name, test.group, test.verdict.rawValue, test.score,
            test.reason?.code.rawValue, test.reason?.text.stored(StoredSize.reason),
            test.cpuTime.wholeMicroseconds, test.wallTime.wholeMicroseconds,
            test.memoryPeak.bytes, test.exitCode, test.signal,
            test.checkerMessage.stored(StoredSize.checkerMessage),
            test.teamMessage.stored(StoredSize.checkerMessage),
        ])
    }
}
