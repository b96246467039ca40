import Foundation
import Testing

@Suite(
    "Workers that are stopped, or whose helper is replaced",
    .enabled(if: geteuid() == 0, "needs root for the sandbox"), .timeLimit(.minutes(5)))
struct WorkerFaultTests {
    @Test("A worker stopped for longer than its lease changes nothing when it goes on, and goes on")
    func stopped() throws {
        let faults = try FaultDesk(lease: "2s")
        let desk = faults.desk
        try faults.addProblem()
        try #require(try desk.judge("submit", "sum", "hangs.py").output == "1\n")
        let stopped = try faults.startWorker()
        defer { endByForce(stopped) }
        try faults.waitForSecondTest(of: stopped)
        try #require(kill(stopped.processIdentifier, SIGSTOP) == 0)

        let other = try faults.startWorker(errors: "other.err")
        defer { endByForce(other) }
        #expect(try faults.verdict(of: 1, from: other) == "TLE")
        let columns = "submission_id, verdict, attempt, worker"
        let judged = try faults.rows("SELECT \(columns) FROM judgements")
        #expect(judged.count == 1)
        #expect(judged.first?.hasPrefix("1|TLE|2|") == true, "\(judged)")
        #expect(judged.first?.hasSuffix("-\(other.processIdentifier)") == true, "\(judged)")
        faults.expectStops(other)

        try #require(kill(stopped.processIdentifier, SIGCONT) == 0)
        try #require(try desk.judge("submit", "sum", "sums.py", "--wait").status == 0)
        let all = try faults.rows("SELECT \(columns) FROM judgements ORDER BY judgement_id")
        #expect(all.count == 2)
        #expect(all.first == judged.first)
        #expect(all.last?.hasPrefix("2|AC|1|") == true, "\(all)")
        #expect(all.last?.hasSuffix("-\(stopped.processIdentifier)") == true, "\(all)")
        faults.expectStops(stopped)
        #expect(try faults.text("worker.err").contains("outcome=lease-lost"))
        try faults.expectOneJudgementEach(2)
    }

    @Test("A worker that runs across an upgrade stores nothing and ends with 69 and a sentence")
    func upgraded() throws {
        let faults = try FaultDesk(lease: "30s")
        try faults.addProblem()
        try #require(try faults.desk.judge("submit", "sum", "hangs.py").output == "1\n")
        let worker = try faults.startWorker()
        defer { endByForce(worker) }
        try faults.waitForSecondTest(of: worker)
        let newer = "exec sqlite3 -cmd '.timeout 5000' judge.db 'PRAGMA user_version = 9999'"
        try #require(try faults.desk.shell(newer).status == 0)
        worker.waitUntilExit()
        #expect(worker.terminationReason == .exit)
        #expect(worker.terminationStatus == 69)
        let last = try faults.text("worker.err").split(separator: "\n").last
        #expect(last?.hasPrefix("judge: cannot use the database ") == true, "\(last ?? "")")
        #expect(
            last?.contains(": its schema 9999 is newer than this judge's ") == true,
            "\(last ?? "")")
        #expect(try faults.rows("SELECT state, attempts FROM queue") == ["running|1"])
        #expect(try faults.rows("SELECT * FROM judgements").isEmpty)
    }

    @Test(
        "A worker whose helper answers garbage does not start, and says so in a sentence",
        arguments: [
            "", "[ $# -eq 0 ] || exec 'HELPER' \"$@\"\n",
        ])
    func garbage(honest: String) throws {
        let desk = try Desk()
        let herd = try Herd(desk)
        defer { withExtendedLifetime(herd) {} }
        let real = desk.directory.appending(path: "judge-sandbox").path(percentEncoded: false)
        let script = try desk.write(
            "garbage.sh", "#!/bin/sh\n" + honest.replacing("HELPER", with: real) + Self.garbage)
        try #require(chmod(script, 0o755) == 0)
        try desk.write("judge.conf", "[sandbox]\nhelper = \"\(script)\"\n")
        let answer = try desk.judge("worker", "--drain")
        #expect(answer.status == 69)
        #expect(answer.output.isEmpty)
        let lines = answer.complaint.split(separator: "\n")
        #expect(lines.count == 2, "\(answer.complaint)")
        let subject = honest.isEmpty ? "judge: helper: " : "judge: sandbox: "
        #expect(lines.first?.hasPrefix(subject) == true, "\(answer.complaint)")
        #expect(lines.last == "judge: nothing is judged on this machine: 1 fault, see judge doctor")
    }

    @Test("A helper that is replaced by garbage fails attempts, and the submission is judged later")
    func replaced() throws {
        let faults = try FaultDesk(lease: "10s")
        let desk = faults.desk
        let herd = try Herd(desk)
        let settings = try faults.text("judge.conf")
        try desk.write("judge.conf", settings + "[sandbox]\n\(herd.helperSetting)\n")
        try faults.addProblem()
        try #require(try desk.judge("submit", "sum", "hangs.py").output == "1\n")
        let worker = try faults.startWorker()
        defer { endByForce(worker) }
        try faults.waitForSecondTest(of: worker)

        let helpers = herd.helpers(of: worker)
        try #require(!helpers.isEmpty)
        let script = try desk.write("garbage.sh", "#!/bin/sh\n" + Self.garbage)
        try #require(chmod(script, 0o755) == 0)
        let replace = "ln judge-sandbox honest && mv garbage.sh judge-sandbox"
        try #require(try desk.shell(replace).status == 0)
        for helper in helpers { try #require(kill(helper, SIGKILL) == 0) }
        // The first attempt fails by the kill, the second by the garbage.
        try faults.wait("SELECT attempts >= 3 FROM queue", is: "1", while: worker)
        #expect(try faults.rows("SELECT * FROM judgements").isEmpty)
        try #require(try desk.shell("mv honest judge-sandbox").status == 0)

        #expect(try faults.verdict(of: 1, from: worker) == "TLE")
        #expect(try desk.judge("submit", "sum", "sums.py", "--wait").status == 0)
        faults.expectStops(worker)
        let log = try faults.text("worker.err")
        #expect(log.split(separator: "\n").count { $0.contains("outcome=failed") } >= 2, "\(log)")
        try faults.expectOneJudgementEach(2)
    }

    /// Answers the first message on its socket, descriptor 3, with nonsense.
    private static let garbage = "head -c 4096 /dev/zero | tr '\\0' 'x' >&3\n"
}
