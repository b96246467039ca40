import Foundation
import Store
import Testing

/// What comes over a harness for a while, again and again.
protocol Trouble: AnyObject {
    /// What the processes of the harness get beside their own environment.
    var environment: [String: String] { get }
    /// More lines of judge.conf.
    var configuration: String { get }
    /// Path of the database below the desk.
    var database: String { get }

    /// Called once, before anything else of the harness.
    func prepare() throws
    /// - Returns: false when it cannot begin now.
    func begin(_ harness: Harness) throws -> Bool
    /// Whether it has lasted long enough to have done harm; called whenever something has changed.
    func isEnough(_ harness: Harness) throws -> Bool
    func end() throws
    /// Undoes what `prepare` did.
    func clear()
}

extension Trouble {
    var environment: [String: String] { [:] }
    var configuration: String { "" }
    var database: String { "judge.db" }
    func prepare() throws {}
    func clear() {}
}

/// Starts submitters and workers, and kills them and helpers, until enough was killed and submitted and
/// all that was stored is judged.
struct Harness {
    /// When it is over.
    struct Goal {
        var kills: Int
        var submissions: Int
        /// How often the trouble came.
        var rounds = 0
    }

    let herd: Herd
    let goal: Goal
    let seed: Int
    let trouble: (any Trouble)?
    /// Ids that submitters printed.
    private(set) var acknowledged: Set<Int64> = []
    private(set) var living: [Herd.Member] = []
    /// Submitters that were told to try again later.
    private(set) var refusals = 0
    /// Workers that found something missing and did not start.
    private(set) var unfitWorkers = 0
    /// Exit codes of submitters that nobody expects.
    private(set) var unexpected: [Int32] = []
    private(set) var rounds = 0
    /// What was seen of each judgement when it was new, by its number: submission, verdict, attempt, worker and
    /// time.
    private(set) var seen: [Int64: String] = [:]
    private var dice: Dice
    private var killed = (submitters: 0, workers: 0, helpers: 0)
    private var submitted = 0
    private var isTroubled = false

    init(herd: Herd, goal: Goal, seed: Int, trouble: (any Trouble)? = nil) {
        self.herd = herd
        self.goal = goal
        self.seed = seed
        self.trouble = trouble
        dice = Dice(state: UInt64(seed))
    }

    var summary: String {
        "\(killed.submitters) submitters, \(killed.workers) workers and \(killed.helpers) helpers "
            + "killed, \(submitted) submitted, \(acknowledged.count) acknowledged, "
            + "\(refusals) refused, \(seen.count) judgements seen as they came, trouble \(rounds) times, seed \(seed)"
    }

    private var isEnough: Bool {
        killed.submitters + killed.workers + killed.helpers >= goal.kills
            && submitted - refusals >= goal.submissions && rounds >= goal.rounds
    }

    mutating func run() async throws {
        let database = trouble?.database ?? "judge.db"
        let store = try await SQLiteStore.open(
            path: herd.desk.directory.appending(path: database).path(percentEncoded: false),
            access: .read)
        let changes = try store.changes()
        let listening = Task { [herd] in for await _ in changes { herd.tell() } }
        defer { listening.cancel() }
        herd.tell()
        for await _ in herd.changes {
            try bury()
            try changeTrouble()
            if Int.random(in: 1...5, using: &dice) == 1 { try look() }
            let length = try await store.queueLength()
            let isWaiting = length.queued + length.running > 0
            if isEnough, !isWaiting, !isTroubled, living.allSatisfy({ $0.kind == .worker }) {
                break
            }
            try complete(isBusy: length.queued > 6)
            if !isEnough, Int.random(in: 1...5, using: &dice) == 1 {
                killOne()
            }
        }
        for member in living { member.process.terminate() }
        for member in living { member.process.waitUntilExit() }
        try await store.close()
    }

    /// Remembers judgements that are new, as a person who reads them now does.
    private mutating func look() throws {
        let newest = seen.keys.max() ?? 0
        seen.merge(try judgements(after: newest)) { first, _ in first }
    }

    /// All that there are now, after one of them.
    func judgements(after number: Int64) throws -> [Int64: String] {
        let database = trouble?.database ?? "judge.db"
        let query =
            "SELECT judgement_id, submission_id, verdict, attempt, worker, judged_at "
            + "FROM judgements WHERE judgement_id > \(number)"
        // Not the judge's own words.
        let answer = try herd.desk.shell(
            "exec sqlite3 -readonly -cmd '.timeout 5000' \(database) '\(query)'")
        try #require(answer.status == 0, "\(answer.complaint)")
        let rows = try answer.output.split(separator: "\n").map { row in
            let parts = row.split(separator: "|", maxSplits: 1)
            return (try #require(Int64(parts[0])), String(parts[1]))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private mutating func changeTrouble() throws {
        guard let trouble else { return }
        if isTroubled {
            guard try trouble.isEnough(self) else { return }
            try trouble.end()
            isTroubled = false
            rounds += 1
        } else if rounds < goal.rounds, Int.random(in: 1...6, using: &dice) == 1 {
            isTroubled = try trouble.begin(self)
        }
    }

    /// Takes note of what has ended, by itself or not.
    private mutating func bury() throws {
        for member in living where !member.process.isRunning {
            let text = try member.output.readToEnd().map { String(decoding: $0, as: UTF8.self) }
            try member.output.close()
            let code = member.process.terminationStatus
            let byItself = member.process.terminationReason == .exit
            guard member.kind == .submitter else {
                if byItself, code == 69 { unfitWorkers += 1 }
                continue
            }
            if byItself, code == 75 { refusals += 1 }
            if byItself, code != 0, code != 75 { unexpected.append(code) }
            // A line that is whole is an acknowledgement, whatever became of the process then.
            if let text, text.hasSuffix("\n"), let id = Int64(text.dropLast()) {
                acknowledged.insert(id)
            }
        }
        living.removeAll { !$0.process.isRunning }
    }

    /// Two workers and, while the queue is short and more is wanted, two submitters; in trouble there is
    /// always one who submits, and so learns of it.
    private mutating func complete(isBusy: Bool) throws {
        while living.count(where: { $0.kind == .worker }) < 2 {
            living.append(try herd.start(.worker, trouble?.environment ?? [:], "worker"))
        }
        // What waits is to be little, so that kills fall on all that is done with a submission.
        let wanted = isTroubled ? 1 : isEnough || isBusy ? 0 : 2
        while living.count(where: { $0.kind == .submitter }) < wanted {
            let verdict = KillHarnessTests.programs[submitted % 3].0
            living.append(
                try herd.start(
                    .submitter, trouble?.environment ?? [:], "submit", "sum", "\(verdict).py",
                    "--user", "\(submitted)"))
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
