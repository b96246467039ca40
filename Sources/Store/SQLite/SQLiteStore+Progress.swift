import GRDB
package import JudgeCore
import Units

extension SQLiteStore {
    package func progress(
        _ lease: Lease, _ progress: JudgingProgress, tests: [TestResult]
    ) async throws(StoreError) -> LeaseAnswer {
        try await write("store progress") { db, _ in
            let update = try db.cachedStatement(
                sql: "UPDATE job SET tests_done = ?, tests_total = ? WHERE id = ? AND token = ?")
            try update.execute(
                arguments: [progress.done, progress.total, lease.jobID, lease.token])
            guard db.changesCount == 1 else { return .leaseLost }
            for test in tests { try Self.insertRunning(db, test, of: lease.jobID) }
            return .written
        }
    }

    package func runningTests(
        of submissions: [Int64]
    ) async throws(StoreError) -> [Int64: [TestResult]] {
        try await read("read the tests of running jobs") { db, _ in
            var tests: [Int64: [TestResult]] = [:]
            for id in submissions {
                let rows = try Row.fetchAll(
                    db,
                    sql: """
                        SELECT running_test.*, '' AS checker, '' AS team, NULL AS score,
                            NULL AS exit_code, NULL AS signal
                        FROM job JOIN running_test ON running_test.job_id = job.id
                        WHERE job.submission_id = ? ORDER BY job_id, position
                        """,
                    arguments: [id])
                if !rows.isEmpty { tests[id] = try rows.map { try TestResult($0) } }
            }
            return tests
        }
    }

    private static func insertRunning(
        _ db: Database, _ test: TestResult, of job: Int64
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO running_test
                (job_id, position, name, test_group, verdict, reason_code, reason, cpu_time_us,
                 wall_time_us, memory_peak_bytes)
                VALUES (?1, (SELECT count(*) FROM running_test WHERE job_id = ?1),
                    ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                """)
        try statement.execute(arguments: [
            job, test.name, test.group, test.verdict.rawValue, test.reason?.code.rawValue,
            test.reason?.text.stored(StoredSize.reason), test.cpuTime.wholeMicroseconds,
            test.wallTime.wholeMicroseconds, test.memoryPeak.bytes,
        ])
    }
}
