// Theory of operation. Submitters, workers and the workers' helpers are killed by SIGKILL at random
// moments while submissions come and are judged. Whatever happens to them, what was acknowledged is
// judged right and once, a verdict that was seen stays as it was, and nothing of the dead is left. One loop does everything: it wakes when the
// database changes or a process ends, starts what is missing and kills with some probability after a
// random part of a run's time. A trouble may come over all of it meanwhile, and go, several times: a full
// disk, a lock that somebody holds, another time of day, a worker that is stopped, a helper that answers
// nonsense. JUDGE_KILL_RUNS=2000 kills so often, over two and a half times as many submissions, and
// JUDGE_TROUBLE_ROUNDS=20 lets each trouble come so often; the defaults fit into a minute each. The seed
// is printed, and JUDGE_KILL_SEED repeats the choices, though not the moments.

import Foundation
import Testing

private func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
}

@Suite(
    .enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized,
    .timeLimit(.minutes(120)))
struct KillHarnessTests {
    /// What each program is judged as, and its text.
    static let programs = [
        ("AC", "a, b = map(int, input().split())\nprint(a + b)\n"),
        ("WA", "print(4)\n"),
        ("RTE", "raise SystemExit(3)\n"),
    ]

    enum Kind: String, CaseIterable, Sendable {
        case fullDisk = "a full disk"
        case heldLock = "a database that somebody locks for ten seconds"
        case steppedClock = "a clock that is set by an hour, forward and back"
        case stoppedWorker = "a worker that is stopped for longer than its lease"
        case garbageHelper = "a helper that answers nonsense"

        func trouble(_ desk: Desk, _ herd: Herd) -> any Trouble {
            switch self {
            case .fullDisk: FullDisk(desk)
            case .heldLock: HeldLock(desk)
            case .steppedClock: SteppedClock(desk)
            case .stoppedWorker: StoppedWorker(desk)
            case .garbageHelper: GarbageHelper(desk, herd)
            }
        }
    }

    @Test("Whatever is killed at whatever moment, each submission is judged right and once")
    func kills() async throws {
        let kills = setting("JUDGE_KILL_RUNS") ?? 20
        let desk = try Desk()
        let herd = try Herd(desk)
        _ = try await judge(
            desk, herd, Harness.Goal(kills: kills, submissions: kills * 5 / 2), nil)
        try expectNothingLeft(desk, herd)
    }

    @Test(
        "Through kills and whatever else befalls them, each submission is judged right and once",
        arguments: Kind.allCases)
    func troubles(kind: Kind) async throws {
        let rounds = setting("JUDGE_TROUBLE_ROUNDS") ?? 2
        let desk = try Desk()
        let herd = try Herd(desk)
        let trouble = kind.trouble(desk, herd)
        defer { trouble.clear() }
        try trouble.prepare()
        let harness = try await judge(
            desk, herd, Harness.Goal(kills: rounds * 2, submissions: rounds * 10, rounds: rounds),
            trouble)
        try expectHarm(of: kind, desk, harness)
        trouble.clear()
        try expectNothingLeft(desk, herd)
    }

    /// Runs a harness to its end and expects of the database what must be so.
    private func judge(
        _ desk: Desk, _ herd: Herd, _ goal: Harness.Goal, _ trouble: (any Trouble)?
    ) async throws -> Harness {
        try desk.writePackage()
        for (verdict, text) in Self.programs { try desk.write("\(verdict).py", text) }
        // So many attempts that no submission runs out of them by being near what is killed.
        try desk.write(
            "judge.conf",
            "[worker]\nlease = \"2s\"\nattempts = 100\n[sandbox]\n\(herd.helperSetting)\n"
                + (trouble?.configuration ?? ""))
        try #require(try desk.judge("problem", "add", "sum").status == 0)
        var harness = Harness(
            herd: herd, goal: goal,
            seed: setting("JUDGE_KILL_SEED") ?? Int.random(in: 1...1_000_000), trouble: trouble)
        let start = ContinuousClock.now
        try await harness.run()
        print("harness: \(harness.summary), \(ContinuousClock.now - start)")

        // The next worker clears away what the dead left; this one has nothing else to do.
        let last = try herd.start(.worker, trouble?.environment ?? [:], "worker", "--drain")
        last.process.waitUntilExit()
        #expect(last.process.terminationStatus == 0)
        try expectRightVerdicts(desk, harness, database: trouble?.database ?? "judge.db")
        return harness
    }

    private func expectRightVerdicts(_ desk: Desk, _ harness: Harness, database: String) throws {
        #expect(harness.unexpected.isEmpty, "exit codes \(harness.unexpected)")
        #expect(try !harness.herd.log.contains("SQLITE"))
        #expect(try desk.judge("database", "check").output.hasSuffix(" is sound\n"))
        func rows(_ query: String) throws -> [String] { try self.rows(desk, query, database) }
        #expect(try rows("SELECT * FROM queue").isEmpty)
        let results = try rows("SELECT submission_id, user, state, verdict FROM results")
        var stored: Set<Int64> = []
        for row in results.map({ $0.split(separator: "|") }) {
            try #require(row.count == 4, "\(row)")
            stored.insert(try #require(Int64(row[0])))
            let number = try #require(Int(row[1]))
            #expect(row[2] == "done", "\(row)")
            #expect(row[3] == Self.programs[number % Self.programs.count].0, "\(row)")
        }
        let lost = harness.acknowledged.subtracting(stored)
        #expect(lost.isEmpty, "acknowledged and lost: \(lost)")
        #expect(harness.acknowledged.count >= harness.goal.submissions / 4)
        // A verdict that somebody has seen is the verdict.
        let now = try harness.judgements(after: 0)
        let changed = harness.seen.filter { now[$0.key] != $0.value }
        #expect(changed.isEmpty, "seen, and other now: \(changed)")
        #expect(harness.seen.count >= stored.count / 4)
        let judgements = try rows(
            "SELECT submission_id FROM judgements GROUP BY 1 HAVING count(*) = 1")
        #expect(judgements.count == stored.count)
        #expect(try rows("SELECT count(*) FROM judgements") == ["\(stored.count)"])
    }

    /// A trouble that nobody noticed has shown nothing.
    private func expectHarm(of kind: Kind, _ desk: Desk, _ harness: Harness) throws {
        #expect(harness.rounds >= harness.goal.rounds)
        switch kind {
        case .fullDisk, .heldLock:
            #expect(harness.refusals >= harness.rounds)
        case .steppedClock:
            let times = try rows(
                desk, "SELECT unixepoch(submitted_at) FROM results ORDER BY submission_id"
            ).compactMap { Int($0) }
            let steps = zip(times, times.dropFirst()).map { $1 - $0 }
            #expect(steps.contains { $0 > 3_000 })
            #expect(steps.contains { $0 < -3_000 })
        case .stoppedWorker:
            #expect(try rows(desk, "SELECT 1 FROM judgements WHERE attempt > 1").count > 0)
        case .garbageHelper:
            #expect(harness.unfitWorkers >= harness.rounds)
        }
    }

    func expectNothingLeft(_ desk: Desk, _ herd: Herd) throws {
        // The kernel ends the processes of a dead helper by itself, in its own time.
        var left = herd.own()
        for _ in 1...1_000 where !left.isEmpty {
            _ = try desk.shell("exec true")
            left = herd.own()
        }
        #expect(left.isEmpty, "processes \(left)")
        let mounts = try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
        #expect(!mounts.contains(desk.directory.lastPathComponent))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: herd.temporaryDirectory) == [])
        let groups = try desk.shell("find /sys/fs/cgroup -type d -name 'slot-*'").output
        let canaries = try desk.shell("ls /tmp").output
        for worker in herd.workers {
            #expect(!groups.contains("/slot-\(worker)-"), "a group of \(worker)")
            #expect(!canaries.contains("judge-canary-\(worker)-"), "a canary of \(worker)")
        }
    }

    func rows(
        _ desk: Desk, _ query: String, _ database: String = "judge.db"
    ) throws -> [String] {
        let answer = try desk.shell(
            "exec sqlite3 -readonly -cmd '.timeout 5000' \(database) '\(query)'")
        try #require(answer.status == 0, "\(answer.complaint)")
        return answer.output.split(separator: "\n").map(String.init)
    }
}
