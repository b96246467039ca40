import JudgeCore
import Store
import Testing

@Suite("Views, read with the sqlite3 program", .enabled(if: SQLiteProgram.isInstalled))
struct ViewTests {
    private func judged() async throws -> (Fixture, String) {
        let fixture = try await Fixture()
        try await fixture.submit(user: "ada")
        let claim = try #require(try await fixture.claim("host-1"))
        fixture.clock.advance(by: .milliseconds(7))
        _ = try await fixture.store.finish(claim.lease, with: .slow)
        return (fixture, fixture.directory.file("judge.db"))
    }

    @Test(
        "A view has the columns that the interface names, in its order",
        arguments: [
            (
                "results",
                "submission_id problem user language submitted_at state verdict score reason_code "
                    + "reason cpu_time_us wall_time_us memory_peak_bytes judged_at worker attempt"
            ),
            (
                "judgements",
                "submission_id problem user language submitted_at state verdict score reason_code "
                    + "reason cpu_time_us wall_time_us memory_peak_bytes judged_at worker attempt "
                    + "judgement_id host_check_id counts rejudging problem_version"
            ),
            (
                "kept_outputs",
                "submission_id judgement_id name stream size_bytes kept_bytes stored_bytes"
            ),
            (
                "provenance",
                "submission_id judgement_id worker host kernel helper_digest filter_digest mounts "
                    + "problem_version problem_digest toolchain toolchain_digest limits conditions"
            ),
            (
                "running_tests",
                "submission_id attempt worker name test_group verdict reason_code reason "
                    + "cpu_time_us wall_time_us memory_peak_bytes"
            ),
            ("audit", "audit_id at uid os_user command act subject detail"),
            (
                "repetitions",
                "submission_id judgement_id verdict worker repeated_verdict repeated_by "
                    + "repeated_in_slot repeated_at difference repeated_under judged_in_slot "
                    + "judged_under host repeated_on_host"
            ),
            ("held_workers", "worker held_at released_at submission_id difference"),
            ("worker_checks", "host_check_id worker checked_at outcome document"),
            (
                "test_samples",
                "submission_id judgement_id name run use cpu_time_us wall_time_us steal_us "
                    + "waiting_us"
            ),
            (
                "test_results",
                "submission_id judgement_id name test_group verdict score reason_code reason "
                    + "cpu_time_us wall_time_us memory_peak_bytes exit_code signal checker_message "
                    + "team_message"
            ),
            (
                "queue",
                "submission_id problem state priority attempts lease_expires_at worker age_us "
                    + "rejudging position user"
            ),
            (
                "rejudgings",
                "name selection state created_at submissions waiting judged failed cancelled changed"
            ),
            (
                "rejudged_submissions",
                "rejudging submission_id problem user language state counts verdict_before "
                    + "score_before verdict_after score_after problem_version_before problem_version"
            ),
        ])
    func columns(view: String, columns: String) async throws {
        let (fixture, path) = try await judged()
        let found = try SQLiteProgram.run(path, "SELECT name FROM pragma_table_info('\(view)')")
        #expect(found == columns.split(separator: " ").map(String.init))
        try await fixture.store.close()
    }

    @Test("Results and tests of a judged submission are read as they were judged")
    func rows() async throws {
        let (fixture, path) = try await judged()
        let submitted = "2026-11-25T09:46:40.000Z"
        let judged = "2026-11-25T09:46:40.007Z"
        let row =
            "1|aplusb|ada|cpp17|\(submitted)|done|TLE|12.5|cpu-time|used 2.013 s of 2.000 s|"
            + "2013120|2020331|3145728|\(judged)|host-1|1"
        #expect(try SQLiteProgram.run(path, "SELECT * FROM results") == [row])
        #expect(try SQLiteProgram.run(path, "SELECT * FROM judgements") == ["\(row)|1||1||1"])
        #expect(
            try SQLiteProgram.run(path, "SELECT * FROM test_results") == [
                "1|1|sample/1|sample|AC||||812|1400|524288|0||ok|well done",
                "1|1|secret/02|secret|TLE|0.0|cpu-time|used 2.013 s of 2.000 s|2013120|2020331|"
                    + "3145728||9||",
            ])
        #expect(try SQLiteProgram.run(path, "SELECT * FROM queue") == [])
        try await fixture.store.close()
    }

    @Test("The queue shows what runs with its lease, then what waits by urgency")
    func queue() async throws {
        let (fixture, path) = try await judged()
        try await fixture.submit()
        _ = try await fixture.claim("host-2")
        try await fixture.submit(priority: .low)
        try await fixture.submit(priority: .high)
        #expect(
            try SQLiteProgram.run(
                path,
                "SELECT submission_id, problem, state, priority, attempts, lease_expires_at, worker "
                    + "FROM queue") == [
                    "2|aplusb|running|normal|1|2026-11-25T09:47:10.007Z|host-2",
                    "4|aplusb|queued|high|0||", "3|aplusb|queued|low|0||",
                ])
        #expect(
            try SQLiteProgram.run(
                path, "SELECT DISTINCT submission_id, state, verdict FROM results") == [
                    "1|done|TLE", "2|running|", "3|queued|", "4|queued|",
                ])
        try await fixture.store.close()
    }

    @Test("The age of a job is counted in microseconds by SQLite's own clock")
    func age() async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.file("a.db"), access: .create)
        _ = try await store.addProblem(.sample())
        _ = try await store.submit(.sample())
        let age = try SQLiteProgram.run(store.path, "SELECT age_us FROM queue")
        let microseconds = try #require(age.first.flatMap { Int64($0) })
        #expect((0..<60_000_000).contains(microseconds))
        try await store.close()
    }

    @Test("Every millisecond is shown as that millisecond")
    func milliseconds() async throws {
        let fixture = try await Fixture()
        for _ in 0..<200 {
            try await fixture.submit()
            fixture.clock.advance(by: .milliseconds(1_005))
        }
        let shown = try SQLiteProgram.run(
            fixture.directory.file("judge.db"),
            "SELECT submitted_at FROM results ORDER BY submission_id")
        let known = try await fixture.store.list(SubmissionFilter(limit: 200))
        #expect(shown == known.reversed().map(\.submittedAt.iso8601))
        try await fixture.store.close()
    }
}
