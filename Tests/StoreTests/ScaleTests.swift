// Theory of operation. A claim must cost the same however much was ever judged. Time says so only on a
// quiet machine, so this runs when JUDGE_QUEUE_ROWS says how many finished jobs to compare with, as
// 1000000; that the indexes are used is held by TurnTests always.

import Foundation
import GRDB
import JudgeCore
import Store
import Testing

private let finishedRows = ProcessInfo.processInfo.environment["JUDGE_QUEUE_ROWS"]
    .flatMap { Int($0) }

@Suite(
    "Claims beside many finished jobs",
    .enabled(if: finishedRows != nil, "JUDGE_QUEUE_ROWS says how many"),
    .timeLimit(.minutes(10)))
struct ScaleTests {
    @Test(
        "A claim takes at most twice as long beside JUDGE_QUEUE_ROWS finished jobs as beside 1,000")
    func flat() async throws {
        let few = try await medianClaim(beside: 1_000)
        let many = try await medianClaim(beside: finishedRows ?? 1_000)
        print("claim: \(few) beside 1000 finished jobs, \(many) beside \(finishedRows ?? 1_000)")
        #expect(many <= few * 2)
    }

    /// Of 300 claims, with 5,000 jobs of one user waiting.
    private func medianClaim(beside finished: Int) async throws -> Duration {
        let directory = try TemporaryDirectory()
        let path = directory.file("judge.db")
        let store = try await SQLiteStore.open(path: path, access: .create)
        _ = try await store.addProblem(.sample())
        try fill(path, finished: finished, queued: 5_000)
        _ = try await store.submit(.sample(user: "other"))
        let clock = ContinuousClock()
        var times: [Duration] = []
        for _ in 1...300 {
            let start = clock.now
            let claim = try await store.claim(worker: "w", leaseDuration: .seconds(60))
            times.append(clock.now - start)
            let lease = try #require(claim).lease
            #expect(try await store.finish(lease, with: .accepted) == .written)
        }
        try await store.close()
        return times.sorted()[times.count / 2]
    }

    /// Writes rows as submitting, claiming and finishing would, all at once.
    private func fill(_ path: String, finished: Int, queued: Int) throws {
        try DatabaseQueue(path: path).write { db in
            try db.execute(
                sql: """
                    WITH RECURSIVE number (n) AS (
                        SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < \(finished + queued))
                    INSERT INTO submission (id, problem, problem_version, language, user,
                        submitted_at_ms)
                    SELECT n, 'aplusb', 1, 'cpp17', 'many', n FROM number;
                    INSERT INTO job (submission_id, problem_version, state, priority, queued_at_ms,
                        attempts, attempt_limit, share, turn)
                    SELECT id, 1, iif(id <= \(finished), 'done', 'queued'), 0, id,
                        id <= \(finished), 3, 'many', 2 * id FROM submission;
                    INSERT INTO judgement (submission_id, job_id, verdict, judged_at_ms, worker,
                        attempt)
                    SELECT submission_id, id, 'AC', 1, 'w', 1 FROM job WHERE state = 'done';
                    """)
        }
    }
}
