import GRDB
import JudgeCore
import Units

/// How an attempt ended, as the attempt's row says it.
enum AttemptOutcome: String {
    case judged
    case failed
    case expired
    case givenBack = "given-back"
    case cancelled
}

/// A job in state `running`, read within the transaction that ends its attempt.
struct RunningJob {
    let id: Int64
    let submissionID: Int64
    let attempt: Int
    let attemptLimit: Int
    let worker: String
    let claimedAt: Instant
    let queueClass: Int
    /// Its place in the queue when it was claimed.
    let turn: Int64
    /// What its worker found of its machine.
    let hostCheck: Int64?

    init(_ row: Row) {
        id = row["id"]
        submissionID = row["submission_id"]
        attempt = row["attempts"]
        attemptLimit = row["attempt_limit"]
        worker = row["worker"]
        claimedAt = row.instant("claimed_at_ms")
        queueClass = row["queue_class"]
        turn = row["turn"]
        hostCheck = row["host_check_id"]
    }

    /// Where a judgement of this attempt comes from.
    var origin: JudgementOrigin {
        JudgementOrigin(
            jobID: id, submissionID: submissionID, attempt: attempt, worker: worker,
            hostCheck: hostCheck)
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
        try Judgement(verdict: .judgeError, reason: Reason(.attemptsExhausted, text))
            .insert(db, from: origin, at: now)
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
        let turn =
            state == .queued
            ? try QueueOrder.enterAgain(
                db, queueClass, turn: turn, isRetry: outcome != .givenBack) : turn
        try db.execute(
            sql: """
                UPDATE job SET state = ?, turn = ?, token = NULL, worker = NULL, claimed_at_ms = NULL,
                    renewed_at_ms = NULL, lease_expires_at_ms = NULL, host_check_id = NULL, tests_done = NULL,
                    tests_total = NULL
                WHERE id = ?
                """,
            arguments: [state.rawValue, turn, id])
        try Self.uncountRejudged(db, id)
    }

    /// A rejudging that came to no verdict leaves what counted before.
    static func uncountRejudged(_ db: Database, _ id: Int64) throws {
        try db.execute(
            sql: """
                UPDATE job SET counts = 0
                WHERE id = ? AND rejudging_id IS NOT NULL AND state IN ('dead', 'cancelled')
                """,
            arguments: [id])
    }
}
