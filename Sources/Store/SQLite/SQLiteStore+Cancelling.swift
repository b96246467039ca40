import GRDB
import JudgeCore

extension SQLiteStore {
    package func cancel(_ ids: [Int64]) async throws(StoreError) -> [Cancellation] {
        try await write("cancel submissions", durable: true) { [audit] db, now in
            for id in ids { try Submission.requireStored(db, id) }
            let answers = try ids.map { try Self.cancel(db, now, $0) }
            for answer in answers where answer.isNew {
                try audit.add(
                    db, now, .cancel, "submission \(answer.submission)",
                    detail: answer.found.rawValue)
            }
            return answers
        }
    }

    private static func cancel(
        _ db: Database, _ now: Instant, _ id: Int64
    ) throws -> Cancellation {
        // One of its own at most; rejudgings that are held may add some.
        let jobs = try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM job WHERE submission_id = ? AND state IN ('queued', 'running')
                ORDER BY rejudging_id IS NOT NULL, state DESC
                """,
            arguments: [id])
        for job in jobs { try cancel(db, now, job) }
        let state = try JobState.counting(db, ofSubmission: id)
        return Cancellation(
            submission: id, found: try jobs.first?.word("state") ?? state, state: state,
            wasRejudged: jobs.first.map { $0["rejudging_id"] != nil } ?? false)
    }

    /// Takes one job off that waits or runs. The worker of one that runs finds its lease lost, and
    /// stops.
    static func cancel(_ db: Database, _ now: Instant, _ job: Row) throws {
        let origin: JudgementOrigin
        let when: String
        let state: JobState = try job.word("state")
        if state == .running {
            let running = RunningJob(job)
            try running.end(db, now, state: .cancelled, outcome: .cancelled)
            origin = running.origin
            when = "while attempt \(running.attempt) ran"
        } else {
            origin = JudgementOrigin(
                jobID: job["id"], submissionID: job["submission_id"], attempt: job["attempts"])
            when = "while it waited"
            try db.execute(
                sql: "UPDATE job SET state = 'cancelled' WHERE id = ?", arguments: [origin.jobID])
            try RunningJob.uncountRejudged(db, origin.jobID)
        }
        guard job["rejudging_id"] == nil else { return }
        try Judgement(verdict: .cancelled, reason: Reason(.cancelled, "cancelled \(when)"))
            .insert(db, from: origin, at: now)
    }
}
