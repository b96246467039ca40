import Foundation
import JudgeCore
import Testing

/// Judges by the real sandbox, which needs root here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct ReplayCommandTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    /// Submits a program and judges it.
    private func judge(_ program: String) throws {
        try desk.writePackage()
        #expect(try desk.judge("problem", "add", "sum").status == 0)
        try desk.write("main.py", program)
        #expect(try desk.judge("submit", "sum", "main.py").status == 0)
        let worked = try desk.judge("worker", "--drain")
        try #require(worked.status == 0, "\(worked.complaint)")
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOf: desk.directory.appending(path: name), encoding: .utf8)
    }

    @Test("A run comes to the same again, by the limits of then, and what it had is kept")
    func same() throws {
        try judge("import sys\nprint(4)\nprint('oops', file=sys.stderr)\nsys.exit(3)\n")
        // Today's settings are others; the database is not written.
        try desk.write("judge.conf", "[sandbox]\nopen_files = 33\n")
        let before = try desk.judge("result", "1", "--json").output
        let answer = try desk.judge("replay", "1", "--test", "secret/1", "--keep")
        #expect(answer.status == 0, "\(answer.complaint)")
        #expect(answer.output.contains("  verdict            RTE"), "\(answer.output)")
        #expect(
            answer.output.contains("nothing differs but what varies from run to run\n"),
            "\(answer.output)")
        #expect(answer.output.contains("kept in "))
        #expect(try text("replay-1-secret-1/output") == "4\n")
        #expect(try text("replay-1-secret-1/errors") == "oops\n")
        #expect(try text("replay-1-secret-1/input") == "1 2\n")
        #expect(try text("replay-1-secret-1/answer") == "3\n")
        #expect(try text("replay-1-secret-1/box/main.py").hasPrefix("import sys\n"))
        #expect(try text("replay-1-secret-1/request.json").contains("\"open_files\": 64, "))
        #expect(try text("replay-1-secret-1/report.json").contains("\"exit_code\": 3"))
        #expect(try desk.judge("result", "1", "--json").output == before)
        let again = try desk.judge("replay", "1", "--test", "secret/1", "--keep")
        #expect(again.status == 65)
        #expect(again.complaint == "judge: cannot make replay-1-secret-1: File exists\n")
    }

    @Test("What was taken away by age is no difference")
    func pruned() throws {
        try judge("print(4)\n")
        let said = "checker_message    line 1"
        #expect(try desk.judge("replay", "1", "--test", "secret/1").output.contains(said))
        try #require(try desk.judge("database", "prune", "--older-than", "0s").status == 0)
        let answer = try desk.judge("replay", "1", "--test", "secret/1").output
        #expect(answer.contains("checker_message    -"), "\(answer)")
        #expect(answer.contains("nothing differs but what varies from run to run\n"), "\(answer)")
    }

    @Test("What differs is said: an output that changes, and a machine that is another")
    func differs() throws {
        try judge("import time\nprint(time.time_ns())\n")
        let other = try desk.shell(
            "sqlite3 -cmd '.timeout 5000' judge.db \"UPDATE judging_condition SET document = "
                + "json_set(document, '$.machine.kernel', '5.10', "
                + "'$.machine.judge_digest', 'd1')\"")
        #expect(other.status == 0, "\(other.complaint)")
        let answer = try desk.judge("replay", "1", "--test", "secret/1")
        #expect(answer.status == 0, "\(answer.complaint)")
        #expect(answer.output.contains("differs:\n"))
        #expect(answer.output.contains("  kernel: 5.10 then, "))
        #expect(answer.output.contains("  judge: d1 then, "))
        #expect(answer.output.contains("other than those that are kept"))
        let json = try desk.judge("replay", "1", "--test", "secret/1", "--json").output
        let found = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        let document = try #require(found)
        #expect(
            Set(document.keys) == [
                "submission", "test", "facts", "surroundings", "differs", "kept_in",
            ])
        let differs = try #require(document["differs"] as? [String])
        #expect(differs.contains("kernel") && differs.contains("stdout"))
    }

    @Test("Where a judgement comes from is stored with it")
    func provenance() throws {
        try judge("print(3)\n")
        let rows = try desk.shell(
            "sqlite3 -cmd '.timeout 5000' judge.db \"SELECT host, kernel, length(helper_digest), "
                + "length(filter_digest), toolchain, length(toolchain_digest), "
                + "json_extract(limits, '$.cpu_time_us'), "
                + "json_extract(conditions, '$.machine.judge_digest') FROM provenance\""
        ).output.dropLast().split(separator: "|", omittingEmptySubsequences: false)
        try #require(rows.count == 8, "\(rows)")
        let digest = try desk.shell("sha256sum \"$0\"").output.prefix(64)
        #expect(rows[7] == digest)
        let kernel = try String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
        #expect(rows[1].hasPrefix(kernel.trimmingCharacters(in: .newlines)))
        #expect(rows[2] == "64" && rows[3] == "64" && rows[5] == "64")
        #expect(rows[4].hasPrefix("Python 3"))
        #expect(rows[6] == "1000000")
    }

    @Test("What cannot be replayed is told in one sentence")
    func refused() async throws {
        let queued = try desk.submit()
        let early = try desk.judge("replay", "\(queued)", "--test", "secret/1")
        #expect(early.status == 65)
        #expect(early.complaint == "judge: submission \(queued) is not judged yet\n")
        try await desk.finish(Judgement(verdict: .accepted, reason: nil))
        let bare = try desk.judge("replay", "\(queued)", "--test", "secret/1")
        #expect(bare.status == 69)
        #expect(bare.complaint.hasPrefix("judge: submission 1 cannot be replayed: "))
        #expect(try desk.judge("replay", "99", "--test", "a").status == 65)
    }

    @Test("A copy of the package that is gone, and a test that it does not have, are told")
    func missing() throws {
        try judge("print(3)\n")
        let wrong = try desk.judge("replay", "1", "--test", "secret/2")
        #expect(wrong.status == 65)
        #expect(
            wrong.complaint == "judge: problem sum has no test secret/2; did you mean secret/1?\n")
        #expect(!desk.exists("replay-1-secret-2"))
        try FileManager.default.removeItem(at: desk.directory.appending(path: "judge-problems"))
        let gone = try desk.judge("replay", "1", "--test", "secret/1")
        #expect(gone.status == 69)
        #expect(gone.complaint.hasPrefix("judge: cannot use the installed copy of problem sum"))
    }
}
