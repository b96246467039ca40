import Foundation
import Testing

/// A worker process that is killed by force while a test runs in the real sandbox, which needs root
/// here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .timeLimit(.minutes(2)))
struct KilledWorkerTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    @Test("What a worker killed by SIGKILL was judging is judged by the next one, once")
    func killed() throws {
        try submitHanging()
        let (killed, log) = try desk.startLogging("worker")
        defer { withExtendedLifetime(log) {} }
        try waitForSecondTest(of: killed)
        #expect(kill(killed.processIdentifier, SIGKILL) == 0)
        killed.waitUntilExit()
        #expect(killed.terminationReason == .uncaughtSignal)
        let left = try rows("SELECT state, attempts, worker IS NOT NULL FROM queue")
        #expect(left == ["running|1|1"])
        #expect(try rows("SELECT * FROM judgements").isEmpty)

        let (next, nextLog) = try desk.startLogging("worker")
        defer { withExtendedLifetime(nextLog) {} }
        let result = try desk.judge("result", "1", "--wait", "--json")
        next.terminate()
        next.waitUntilExit()
        #expect(next.terminationStatus == 0)
        #expect(result.status == 1, "\(result.complaint)")
        #expect(result.output.contains("\"verdict\": \"TLE\""), "\(result.output)")
        #expect(result.output.contains("\"attempt\": 2"), "\(result.output)")
        try expectOneJudgement()
    }

    @Test("A worker that is told to stop ends the program it runs, and gives the submission back")
    func stopped() throws {
        try submitHanging()
        let (worker, log) = try desk.startLogging("worker")
        defer { withExtendedLifetime(log) {} }
        try waitForSecondTest(of: worker)
        worker.terminate()
        worker.waitUntilExit()
        #expect(worker.terminationReason == .exit)
        #expect(worker.terminationStatus == 0)
        #expect(try rows("SELECT state, attempts, worker FROM queue") == ["queued|0|"])
        #expect(try rows("SELECT * FROM judgements").isEmpty)
    }

    @Test("A submission whose workers die three times is dead with the cause, and delays no other")
    func poisoned() throws {
        try submitHanging()
        try desk.write("sums.py", "a, b = map(int, input().split())\nprint(a + b)\n")
        let other = try desk.judge("submit", "sum", "sums.py", "--user", "ada")
        try #require(other.output == "2\n")
        for attempt in 1...3 {
            let (worker, log) = try desk.startLogging("worker")
            defer { withExtendedLifetime(log) {} }
            while try rows(
                "SELECT attempts FROM queue WHERE submission_id = 1 AND state = \"running\"")
                != ["\(attempt)"]
            {
                try #require(worker.isRunning)
            }
            // Between the first attempt and the second the other had its turn.
            let judged = try rows("SELECT verdict FROM results WHERE submission_id = 2")
            #expect(judged == (attempt == 1 ? [] : ["AC"]))
            try #require(kill(worker.processIdentifier, SIGKILL) == 0)
            worker.waitUntilExit()
        }
        #expect(try desk.judge("worker", "--drain").status == 0)
        let columns = "submission_id, state, verdict, reason_code, attempt"
        #expect(
            try rows("SELECT \(columns) FROM results")
                == ["1|dead|JE|attempts-exhausted|3", "2|done|AC||1"])
        let reason = try rows("SELECT reason FROM results WHERE submission_id = 1")
        #expect(reason.first?.hasPrefix("no verdict in 3 attempts, the last: worker ") == true)
        #expect(reason.first?.hasSuffix(" did not renew its lease in time") == true)
        #expect(try desk.judge("database", "check").status == 0)
    }

    @Test("What a worker left that was killed while it attacked its sandbox is removed by the next")
    func canaries() throws {
        let dead = Process()
        dead.executableURL = URL(filePath: "/bin/true")
        try dead.run()
        dead.waitUntilExit()
        let files = FileManager.default
        let left = "/tmp/judge-canary-\(dead.processIdentifier)-\(UUID().uuidString)"
        // Its process lives: this one.
        let used = "/tmp/judge-canary-\(getpid())-\(UUID().uuidString)"
        defer { for path in [left, used] { try? files.removeItem(atPath: path) } }
        for path in [left, used] {
            try files.createDirectory(atPath: path, withIntermediateDirectories: false)
            try Data("canary\n".utf8).write(to: URL(filePath: "\(path)/canary"))
        }
        #expect(try desk.judge("worker", "--drain").status == 0)
        #expect(!files.fileExists(atPath: left))
        #expect(files.fileExists(atPath: "\(used)/canary"))
    }

    /// Stores a program of which the second test lasts until the wall time limit; a lease is short.
    private func submitHanging() throws {
        try desk.writePackage()
        try desk.write("sum/data/secret/2.in", "0 0\n")
        try desk.write("sum/data/secret/2.ans", "0\n")
        try desk.write(
            "hangs.py",
            """
            import time
            a, b = map(int, input().split())
            if a == 0: time.sleep(600)
            print(a + b)

            """)
        try desk.write("judge.conf", "[worker]\nlease = \"2s\"\n[limits]\nwall_minimum = \"5s\"\n")
        try #require(try desk.judge("problem", "add", "sum").status == 0)
        try #require(try desk.judge("submit", "sum", "hangs.py").output == "1\n")
    }

    /// Returns when the worker has stored that the first test is done and the second is not.
    private func waitForSecondTest(of worker: Process) throws {
        while worker.isRunning {
            let answer = try desk.judge("result", "1")
            if answer.output.hasPrefix("submission 1: running, 1 of 2 tests done\n") { return }
            try #require(!answer.output.contains("judged"), "\(answer.output)")
        }
        Issue.record("the worker ended before the second test")
    }

    /// The views tell of one judgement, the second attempt's, and of an empty queue.
    private func expectOneJudgement() throws {
        let columns = "submission_id, verdict, reason_code, attempt"
        #expect(try rows("SELECT \(columns) FROM results") == ["1|TLE|idle|2"])
        #expect(try rows("SELECT \(columns) FROM judgements") == ["1|TLE|idle|2"])
        #expect(
            try rows("SELECT submission_id, name, verdict FROM test_results")
                == ["1|secret/1|AC", "1|secret/2|TLE"])
        #expect(try rows("SELECT * FROM queue").isEmpty)
    }

    /// Standard output of the `sqlite3` program, which people read the database with.
    private func rows(_ query: String) throws -> [String] {
        let answer = try desk.shell(
            "exec sqlite3 -readonly -cmd '.timeout 5000' judge.db '\(query)'")
        try #require(answer.status == 0, "\(answer.complaint)")
        return answer.output.split(separator: "\n").map(String.init)
    }
}
