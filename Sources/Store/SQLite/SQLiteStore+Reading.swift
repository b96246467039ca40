import GRDB
package import JudgeCore

extension SQLiteStore {
    package func submission(_ id: Int64) async throws(StoreError) -> Submission {
        try await read("read a submission") { db, _ in try Submission.stored(db, id) }
    }

    package func record(of id: Int64) async throws(StoreError) -> SubmissionRecord {
        try await read("read a result") { db, _ in
            let row = try Row.fetchOne(
                db, sql: "\(Self.records) WHERE submission.id = ?", arguments: [id])
            guard let row else { throw StoreError.noSuchSubmission(id: id) }
            var record = try Self.record(row)
            record.judgement?.compile = CompileResult(row)
            if record.judgement != nil {
                let judgement: Int64 = row["judgement_id"]
                if record.judgement?.isPruned == true {
                    // In the row of a former version they may have outlived what was pruned.
                    record.judgement?.compile?.output = ""
                } else if let text = try CompilerMessages.stored(db, ofJudgement: judgement) {
                    record.judgement?.compile?.output = text
                }
                record.judgement?.tests = try Self.tests(db, ofJudgement: judgement)
            }
            return record
        }
    }

    package func list(_ filter: SubmissionFilter) async throws(StoreError) -> [SubmissionRecord] {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        func admit(_ column: String, _ value: String?) {
            guard let value else { return }
            conditions.append("\(column) = ?")
            arguments += [value]
        }
        admit("submission.problem", filter.problem)
        admit("submission.user", filter.user)
        admit("judgement.verdict", filter.verdict?.rawValue)
        admit("job.state", filter.state?.rawValue)
        arguments += [max(0, filter.limit)]
        let condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        let sql = "\(Self.records) \(condition) ORDER BY submission.id DESC LIMIT ?"
        return try await read("list submissions") { [arguments] db, now in
            let rows = try Row.fetchAll(db, sql: sql, arguments: arguments)
            var records = try rows.map(Self.record)
            let waits = records.contains { $0.state == .queued }
            let positions = waits ? try Self.positions(db) : [:]
            for (index, row) in rows.enumerated() where !records[index].isSettled {
                records[index].position = positions[row["job_id"]]
                let queued = row.instant("queued_at_ms")
                records[index].age = .milliseconds(
                    now.millisecondsSince1970 - queued.millisecondsSince1970)
            }
            return records
        }
    }

    package func queueLength() async throws(StoreError) -> QueueLength {
        try await read("count the queue") { db, _ in
            func count(_ state: String) throws -> Int {
                try Int.fetchOne(db, sql: "SELECT count(*) FROM job WHERE state = '\(state)'") ?? 0
            }
            return QueueLength(queued: try count("queued"), running: try count("running"))
        }
    }

    /// The job and the judgement that count of each submission.
    private static let records = """
        SELECT submission.id, submission.problem, submission.language, submission.user,
            submission.entry_point, submission.submitted_at_ms, job.id AS job_id,
            job.queued_at_ms, job.priority, job.state,
            job.attempts, job.worker AS running_worker, job.tests_done, job.tests_total,
            judgement.id AS judgement_id, judgement.verdict, judgement.score,
            judgement.reason_code, judgement.reason, judgement.cpu_time_us,
            judgement.wall_time_us, judgement.memory_peak_bytes, judgement.compile_ok,
            judgement.compile_cpu_time_us, judgement.compile_memory_peak_bytes,
            judgement.compile_output, judgement.judged_at_ms, judgement.pruned_at_ms,
            nullif(judgement.worker, '') AS worker, nullif(judgement.attempt, 0) AS attempt
        FROM submission
        JOIN job ON job.id = \(SQLText.countingJob)
        LEFT JOIN judgement ON judgement.id = \(SQLText.countingJudgement)
        """

    private static func record(_ row: Row) throws -> SubmissionRecord {
        var record = SubmissionRecord(
            id: row["id"], problem: row["problem"], language: row["language"], user: row["user"],
            entryPoint: row["entry_point"],
            priority: Priority(rawValue: row["priority"]) ?? .normal,
            submittedAt: row.instant("submitted_at_ms"), state: try row.word("state"))
        if row["judgement_id"] != nil {
            record.judgedAt = row.instant("judged_at_ms")
            record.judgement = Judgement(
                verdict: try row.word("verdict"), score: row["score"], reason: try row.reason(),
                cpuTime: row.duration("cpu_time_us"), wallTime: row.duration("wall_time_us"),
                memoryPeak: row.size("memory_peak_bytes"))
            record.judgement?.isPruned = row["pruned_at_ms"] != nil
            record.attempt = row["attempt"]
            record.worker = row["worker"]
        } else if record.state == .running {
            record.attempt = row["attempts"]
            record.worker = row["running_worker"]
        }
        if record.state == .running, let done: Int = row["tests_done"],
            let total: Int = row["tests_total"]
        {
            record.progress = JudgingProgress(done: done, total: total)
        }
        return record
    }

    /// By the ids of the jobs that wait.
    private static func positions(_ db: Database) throws -> [Int64: Int] {
        let rows = try Row.fetchAll(db, sql: QueueOrder.places)
        return Dictionary(
            rows.map { ($0["job_id"], $0["position"]) }, uniquingKeysWith: { first, _ in first })
    }

    private static func tests(_ db: Database, ofJudgement id: Int64) throws -> [TestResult] {
        let transcripts = try StoredTranscript.all(db, ofJudgement: id)
        let samples = try TimeSample.stored(db, ofJudgement: id)
        return try Row.fetchAll(
            db,
            sql: """
                SELECT test.*, coalesce(message.checker, '') AS checker,
                    coalesce(message.team, '') AS team
                FROM judgement_test AS test LEFT JOIN test_message AS message
                    ON message.judgement_id = test.judgement_id
                        AND message.position = test.position
                WHERE test.judgement_id = ? ORDER BY test.position
                """,
            arguments: [id]
        ).map { row in
            var test = try TestResult(row)
            if let transcript = transcripts[row["position"]] { test.transcript = transcript }
            test.samples = samples[row["position"]] ?? []
            return test
        }
    }
}
