import GRDB
package import JudgeCore

/// What it takes to make a judging again.
package struct JudgingRecord: Sendable, Equatable {
    package var submission: Submission
    /// The version that was judged by.
    package var problem: InstalledProblem
    package var judgement: Judgement
    package var judgedAt: Instant
    package var worker: String
    /// Under what it was judged, as the worker described it; nil where nobody did.
    package var conditions: String?
}

extension SQLiteStore {
    /// The newest judging of a submission, with all that making it again takes.
    ///
    /// - Throws: `noSuchSubmission`.
    /// - Returns: nil when it is not judged yet.
    package func judgingRecord(of id: Int64) async throws(StoreError) -> JudgingRecord? {
        let record = try await record(of: id)
        guard let judgement = record.judgement, let judgedAt = record.judgedAt,
            let worker = record.worker
        else { return nil }
        return try await read("read a judging") { db, _ in
            let submission = try Submission.stored(db, id)
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT job.problem_version, document FROM submission
                    JOIN judgement ON judgement.id = \(SQLText.countingJudgement)
                    JOIN job ON job.id = judgement.job_id
                    LEFT JOIN judging_condition ON judging_condition.id = condition_id
                    WHERE submission.id = ?
                    """,
                arguments: [id])
            guard let row,
                let problem = try InstalledProblem.version(db, row["problem_version"])
            else { throw StoreError.noSuchProblem(id: submission.problem) }
            return JudgingRecord(
                submission: submission, problem: problem, judgement: judgement,
                judgedAt: judgedAt, worker: worker, conditions: row["document"])
        }
    }
}

enum Conditions {
    /// The id of a document, which is stored unless it is there.
    static func id(_ db: Database, of document: String?) throws -> Int64? {
        guard let document else { return nil }
        try db.execute(
            sql: "INSERT INTO judging_condition (document) VALUES (?) ON CONFLICT DO NOTHING",
            arguments: [document])
        return try Int64.fetchOne(
            db, sql: "SELECT id FROM judging_condition WHERE document = ?", arguments: [document])
    }
}
