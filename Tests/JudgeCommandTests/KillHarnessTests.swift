// Theory of operation. Submitters, workers and the workers' helpers are killed by SIGKILL at random
// moments while submissions come and are judged. Whatever happens to them, what was acknowledged is
// judged right and once, and nothing of the dead is left. One loop does everything: it wakes when the
// database changes or a process ends, starts what is missing and kills with some probability after a
// random part of a run's time. JUDGE_KILL_RUNS=2000 kills so often, over two and a half times as many
// submissions; the default fits into a minute. The seed is printed, and JUDGE_KILL_SEED repeats the
// choices, though not the moments.

import Foundation
import Store
import Testing

private func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
}

@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .timeLimit(.minutes(120)))
struct KillHarnessTests {
    /// What each program is judged as, and its text.
    private static let programs = [
        ("AC", "a, b = map(int, input().split())\nprint(a + b)\n"),
        ("WA", "print(4)\n"),
        ("RTE", "raise SystemExit(3)\n"),
    ]

    @Test("Whatever is killed at whatever moment, each submission is judged right and once")
    func kills() async throws {
        let desk = try Desk()
        let herd = try Herd(desk)
        try desk.writePackage()
        for (verdict, text) in Self.programs { try desk.write("\(verdict).py", text) }
        // So many attempts that no submission runs out of them by being near what is killed.
        try desk.write(
            "judge.conf",
            "[worker]\nlease = \"2s\"\nattempts = 100\n[sandbox]\n\(herd.helperSetting)\n")
        try #require(try desk.judge("problem", "add", "sum").status == 0)
        var harness = Harness(
            herd: herd, kills: setting("JUDGE_KILL_RUNS") ?? 20,
            seed: setting("JUDGE_KILL_SEED") ?? Int.random(in: 1...1_000_000))
        let start = ContinuousClock.now
        try await harness.run()
        print(
            "kills: \(harness.summary), seed \(harness.seed), \(ContinuousClock.now - start)")

        // The next worker clears away what the dead left; this one has nothing else to do.
        let last = try herd.start(.worker, "worker", "--drain")
        last.process.waitUntilExit()
        #expect(last.process.terminationStatus == 0)
        try expectRightVerdicts(desk, harness)
        try expectNothingLeft(desk, herd, harness)
    }

    private func expectRightVerdicts(_ desk: Desk, _ harness: Harness) throws {
        #expect(try desk.judge("database", "check").output.hasSuffix(" is sound\n"))
        #expect(try rows(desk, "SELECT * FROM queue").isEmpty)
        let results = try rows(desk, "SELECT submission_id, user, state, verdict FROM results")
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
        #expect(harness.acknowledged.count > 20)
        let judgements = try rows(
            desk, "SELECT submission_id FROM judgements GROUP BY 1 HAVING count(*) = 1")
        #expect(judgements.count == stored.count)
        #expect(
            try rows(desk, "SELECT count(*) FROM judgements") == ["\(stored.count)"])
    }

    private func expectNothingLeft(_ desk: Desk, _ herd: Herd, _ harness: Harness) throws {
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
        for worker in harness.workers {
            #expect(!groups.contains("/slot-\(worker)-"), "a group of \(worker)")
            #expect(!canaries.contains("judge-canary-\(worker)-"), "a canary of \(worker)")
        }
    }

    private func rows(_ desk: Desk, _ query: String) throws -> [String] {
        let answer = try desk.shell("exec sqlite3 -readonly judge.db '\(query)'")
        try #require(answer.status == 0, "\(answer.complaint)")
        return answer.output.split(separator: "\n").map(String.init)
    }
}

/// Starts submitters and workers, and kills them and helpers, until enough was killed and submitted and
/// all that was stored is judged.
private struct Harness {
    let herd: Herd
    let kills: Int
    let seed: Int
    /// Ids that submitters printed.
    var acknowledged: Set<Int64> = []
    /// The numbers of all workers there were.
    var workers: Set<pid_t> = []
    private var dice: Dice
    private var living: [Herd.Member] = []
    private var killed = (submitters: 0, workers: 0, helpers: 0)
    private var submitted = 0

    init(herd: Herd, kills: Int, seed: Int) {
        self.herd = herd
        self.kills = kills
        self.seed = seed
        dice = Dice(state: UInt64(seed))
    }

    var summary: String {
        "\(killed.submitters) submitters, \(killed.workers) workers and \(killed.helpers) helpers, "
            + "\(submitted) submitted, \(acknowledged.count) acknowledged"
    }

    private var isEnough: Bool {
        killed.submitters + killed.workers + killed.helpers >= kills && submitted >= kills * 5 / 2
    }

    mutating func run() async throws {
        let store = try await SQLiteStore.open(
            path: herd.desk.directory.appending(path: "judge.db").path(percentEncoded: false),
            access: .read)
        let changes = try store.changes()
        let listening = Task { [herd] in for await _ in changes { herd.tell() } }
        defer { listening.cancel() }
        herd.tell()
        for await _ in herd.changes {
            try bury()
            let length = try await store.queueLength()
            let isWaiting = length.queued + length.running > 0
            if isEnough, !isWaiting, living.allSatisfy({ $0.kind == .worker }) { break }
            try complete(isBusy: length.queued > 6)
            if !isEnough, Int.random(in: 1...5, using: &dice) == 1 {
                killOne()
            }
        }
        for member in living { member.process.terminate() }
        for member in living { member.process.waitUntilExit() }
        try await store.close()
    }

    /// Takes note of what has ended, by itself or not.
    private mutating func bury() throws {
        for member in living where !member.process.isRunning {
            let text = try member.output.readToEnd().map { String(decoding: $0, as: UTF8.self) }
            try member.output.close()
            guard member.kind == .submitter else { continue }
            // A line that is whole is an acknowledgement, whatever became of the process then.
            if let text, text.hasSuffix("\n"), let id = Int64(text.dropLast()) {
                acknowledged.insert(id)
            }
        }
        living.removeAll { !$0.process.isRunning }
    }

    /// Two workers and, while the queue is short and more is wanted, two submitters.
    private mutating func complete(isBusy: Bool) throws {
        while living.count(where: { $0.kind == .worker }) < 2 {
            let worker = try herd.start(.worker, "worker")
            workers.insert(worker.process.processIdentifier)
            living.append(worker)
        }
        // What waits is to be little, so that kills fall on all that is done with a submission.
        while !isEnough, !isBusy, living.count(where: { $0.kind == .submitter }) < 2 {
            let verdict = ["AC", "WA", "RTE"][submitted % 3]
            living.append(
                try herd.start(
                    .submitter, number: submitted, "submit", "sum", "\(verdict).py", "--user",
                    "\(submitted)"))
            submitted += 1
        }
    }

    private mutating func killOne() {
        guard let victim = living.randomElement(using: &dice) else { return }
        // Up to as long as a judging takes.
        let until = ContinuousClock.now + .microseconds(Int.random(in: 0...60_000, using: &dice))
        while ContinuousClock.now < until {}
        if victim.kind == .worker, Bool.random(using: &dice) {
            let isKilled = herd.killHelper(of: victim) { Int.random(in: 0..<$0, using: &dice) }
            if isKilled { killed.helpers += 1 }
        } else if victim.process.isRunning,
            kill(victim.process.processIdentifier, SIGKILL) == 0
        {
            if victim.kind == .worker { killed.workers += 1 } else { killed.submitters += 1 }
        }
    }
}

/// SplitMix64: the same numbers for the same seed.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
