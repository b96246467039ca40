import GRDB
import JudgeCore

extension SQLiteStore {
    package func cancel(_ ids: [Int64]) async throws(StoreError) -> [Cancellation] {
        try await write("cancel submissions", durable: true) { db, now in
            for id in ids { try Submission.requireStored(db, id) }
            return try ids.map { try Self.cancel(db, now, $0) }
        }
    }

    private static func cancel(
        _ db: Database, _ now: Instant, _ id: Int64
    ) throws -> Cancellation {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM job WHERE submission_id = ? ORDER BY id DESC LIMIT 1",
            arguments: [id])
        guard let row else { throw StoreError.noSuchSubmission(id: id) }
        let state: JobState = try row.word("state")
        switch state {
        case .queued: try cancelQueued(db, now, row)
        case .running: try cancelRunning(db, now, RunningJob(row))
        case .done, .dead, .cancelled: return Cancellation(submission: id, found: state)
        }
        return Cancellation(submission: id, found: state)
    }

    private static func cancelQueued(_ db: Database, _ now: Instant, _ job: Row) throws {
        let origin = JudgementOrigin(
            jobID: job["id"], submissionID: job["submission_id"], attempt: job["attempts"])
        try db.execute(
            sql: "UPDATE job SET state = 'cancelled' WHERE id = ?", arguments: [origin.jobID])
        try Judgement(
            verdict: .cancelled, reason: Reason(.cancelled, "cancelled while it waited")
        ).insert(db, from: origin, at: now)
    }

    /// The worker finds its lease lost, and stops.
    private static func cancelRunning(
        _ db: Database, _ now: Instant, _ job: RunningJob
    ) throws {
        try job.end(db, now, state: .cancelled, outcome: .cancelled)
        let text = "cancelled while attempt \(job.attempt) ran"
        try Judgement(verdict: .cancelled, reason: Reason(.cancelled, text))
            .insert(db, from: job.origin, at: now)
    }
}
