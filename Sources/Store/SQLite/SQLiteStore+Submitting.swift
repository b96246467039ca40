import GRDB
import JudgeCore

extension SQLiteStore {
    package func submit(_ submission: NewSubmission) async throws(StoreError) -> Int64 {
        var names = Set<String>()
        for file in submission.files where !names.insert(file.name).inserted {
            throw .duplicateFile(name: file.name)
        }
        return try await write("store a submission", durable: true) {
            [attempts, audit] db, now in
            let problem = try InstalledProblem.newest(db, submission.problem)
            try db.execute(
                sql: """
                    INSERT INTO submission
                    (problem, problem_version, language, user, entry_point, submitted_at_ms)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    submission.problem, problem.version, submission.language, submission.user,
                    submission.entryPoint, now.millisecondsSince1970,
                ])
            let id = db.lastInsertedRowID
            for (position, file) in submission.files.enumerated() {
                try Self.insert(db, file, at: position, of: id)
            }
            let share = submission.user ?? ""
            let turn = try QueueOrder.enter(db, submission.priority.rawValue, share: share)
            try db.execute(
                sql: """
                    INSERT INTO job
                    (submission_id, problem_version, state, priority, queued_at_ms, attempt_limit,
                     share, turn)
                    VALUES (?, ?, 'queued', ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, problem.version, submission.priority.rawValue,
                    now.millisecondsSince1970, attempts, share, turn,
                ])
            try audit.add(
                db, now, .submit, "submission \(id)",
                detail: "problem \(submission.problem), language \(submission.language)")
            return id
        }
    }

    private static func insert(
        _ db: Database, _ file: SourceFile, at position: Int, of submission: Int64
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO submission_file (submission_id, position, name, bytes)
                VALUES (?, ?, ?, ?)
                """,
            arguments: [submission, position, file.name, Blob(file.bytes)])
    }
}
