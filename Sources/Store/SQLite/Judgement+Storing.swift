import GRDB
import JudgeCore
import Units

/// Which job a judgement ends, and who made it.
struct JudgementOrigin {
    var jobID: Int64
    var submissionID: Int64
    /// 0 when there was no attempt.
    var attempt: Int
    /// Empty when no worker judged.
    var worker = ""
    var hostCheck: Int64?
}

extension Judgement {
    /// Stores the judgement with its tests.
    func insert(_ db: Database, from origin: JudgementOrigin, at now: Instant) throws {
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
                origin.submissionID, origin.jobID, verdict.rawValue, score,
                reason?.code.rawValue, reason?.text.stored(StoredSize.reason),
                cpuTime?.wholeMicroseconds, wallTime?.wholeMicroseconds,
                memoryPeak?.bytes, compile?.ok, compile?.cpuTime.wholeMicroseconds,
                compile?.memoryPeak.bytes, now.millisecondsSince1970, origin.worker,
                origin.attempt, origin.hostCheck, try Conditions.id(db, of: conditions),
            ])
        let id = db.lastInsertedRowID
        try CompilerMessages.insert(db, compile?.output ?? "", of: id)
        for (position, test) in tests.enumerated() {
            try test.insert(db, at: position, of: id)
            try test.insertMessages(db, at: position, of: id)
            try StoredTranscript.insert(db, test.transcript.encoded, at: position, of: id)
            for (index, sample) in test.samples.enumerated() {
                try sample.insert(db, run: index + 1, at: position, of: id)
            }
            for output in test.outputs { try output.insert(db, at: position, of: id) }
        }
    }
}

extension TestResult {
    fileprivate func insert(_ db: Database, at position: Int, of judgement: Int64) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO judgement_test
                (judgement_id, position, name, test_group, verdict, score, reason_code, reason,
                 cpu_time_us, wall_time_us, memory_peak_bytes, exit_code, signal, checker_message)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')
                """)
        try statement.execute(arguments: [
            judgement, position, name, group, verdict.rawValue, score, reason?.code.rawValue,
            reason?.text.stored(StoredSize.reason), cpuTime.wholeMicroseconds,
            wallTime.wholeMicroseconds, memoryPeak.bytes, exitCode, signal,
        ])
    }

    /// In a table of their own, which readers of results do not scan.
    fileprivate func insertMessages(
        _ db: Database, at position: Int, of judgement: Int64
    ) throws {
        guard !checkerMessage.isEmpty || !teamMessage.isEmpty else { return }
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO test_message (judgement_id, position, checker, team)
                VALUES (?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            judgement, position, checkerMessage.stored(StoredSize.checkerMessage),
            teamMessage.stored(StoredSize.checkerMessage),
        ])
    }
}
