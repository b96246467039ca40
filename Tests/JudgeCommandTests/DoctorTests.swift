import Foundation
import Testing

/// `judge doctor`, and the worker that does not start where it fails.
@Suite(.serialized)
struct DoctorTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    private func rows(_ query: String) throws -> [String] {
        let answer = try desk.shell(
            "exec sqlite3 -readonly -cmd '.timeout 5000' judge.db '\(query)'")
        try #require(answer.status == 0, "\(answer.complaint)")
        return answer.output.split(separator: "\n").map(String.init)
    }

    private func document(_ text: String) throws -> (ok: Bool, checks: [[String: Any]]) {
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(Set(object.keys) == ["ok", "checks"])
        let checks = try #require(object["checks"] as? [[String: Any]])
        for check in checks {
            #expect(Set(check.keys) == ["name", "level", "found", "why", "mend"])
        }
        return (try #require(object["ok"] as? Bool), checks)
    }

    @Test("What fails is told with its remedy, and the exit code says so")
    func failing() throws {
        try desk.write("judge.conf", "[sandbox]\nhelper = \"/bin/false\"\n")
        let answer = try desk.judge("doctor")
        #expect(answer.status == 1)
        let lines = answer.output.split(separator: "\n")
        let fault = "FAIL  helper: it speaks no version of the protocol and not "
        #expect(lines.contains { $0.hasPrefix(fault) })
        #expect(
            lines.contains("      mend  swift build -c release --product judge-sandbox"))
        #expect(lines.last?.hasSuffix("1 fail") == true, "\(answer.output)")
        let json = try document(try desk.judge("doctor", "--json").output)
        #expect(!json.ok)
        #expect(json.checks.count { $0["level"] as? String == "fail" } == 1)
        #expect(json.checks.last?["name"] as? String == "sandbox")
        #expect(!desk.exists("judge.db"))
    }

    @Test(
        "A machine on which all holds is told so, the attack included",
        .enabled(if: geteuid() == 0, "needs root for the sandbox"))
    func holding() throws {
        let answer = try desk.judge("doctor", "--json")
        #expect(answer.status == 0, "\(answer.output)")
        let json = try document(answer.output)
        #expect(json.ok)
        let names = json.checks.compactMap { $0["name"] as? String }
        #expect(names.contains("probe-host-file") && names.contains("namespaces"))
        for check in json.checks {
            #expect((check["mend"] is NSNull) == (check["level"] as? String == "pass"))
        }
        #expect(!desk.exists("judge.db"))
    }

    @Test(
        "A worker whose sandbox has a hole names it, judges nothing and stores what it found",
        .enabled(if: geteuid() == 0, "needs root for the sandbox"))
    func refused() throws {
        _ = try desk.submit()
        try desk.write("judge.conf", "[sandbox]\nread_only = [\"/sys:/sys\"]\n")
        let answer = try desk.judge("worker", "--drain")
        #expect(answer.status == 69)
        let lines = answer.complaint.split(separator: "\n")
        #expect(lines.count == 2, "\(answer.complaint)")
        #expect(lines.first?.hasPrefix("judge: probe-kernel-files: /sys/kernel is there; ") == true)
        #expect(lines.first?.contains("; to mend it: ") == true)
        #expect(try rows("SELECT state, attempts FROM queue") == ["queued|0"])
        #expect(try rows("SELECT outcome FROM worker_checks") == ["failed"])
        let stored = try rows("SELECT document FROM worker_checks").joined()
        #expect(try document(stored).ok == false)
    }

    @Test(
        "A worker whose runs would see the answers to their tests judges nothing",
        .enabled(if: geteuid() == 0, "needs root for the sandbox"))
    func shownAnswers() throws {
        _ = try desk.submit()
        let place = desk.directory.path(percentEncoded: false)
        try desk.write("judge.conf", "[sandbox]\nread_only = [\"\(place):/data\"]\n")
        let answer = try desk.judge("worker", "--drain")
        #expect(answer.status == 69)
        #expect(
            answer.complaint.hasPrefix(
                "judge: file-view: every run sees \(place), and the database"),
            "\(answer.complaint)")
        #expect(try rows("SELECT state, attempts FROM queue") == ["queued|0"])
    }

    @Test(
        "A worker on a machine that fails says each fault once, before it opens a slot",
        .enabled(if: geteuid() == 0, "needs root for the sandbox"))
    func machine() throws {
        try desk.write("judge.conf", "[sandbox]\nhelper = \"/bin/false\"\n")
        let answer = try desk.judge("worker", "--drain")
        #expect(answer.status == 69)
        #expect(answer.complaint.split(separator: "\n").count == 2, "\(answer.complaint)")
        #expect(answer.complaint.hasPrefix("judge: helper: "))
        #expect(try rows("SELECT outcome FROM worker_checks") == ["failed"])
    }

    @Test(
        "What a worker judges is tied to what it found of its machine",
        .enabled(if: geteuid() == 0, "needs root for the sandbox"))
    func stored() throws {
        try desk.writePackage()
        try desk.write("right.py", "print(3)\n")
        try #require(try desk.judge("problem", "add", "sum").status == 0)
        try #require(try desk.judge("submit", "sum", "right.py").status == 0)
        let answer = try desk.judge("worker", "--drain")
        #expect(answer.status == 0, "\(answer.complaint)")
        let join = "FROM judgements JOIN worker_checks USING (host_check_id)"
        #expect(try rows("SELECT verdict, outcome \(join)") == ["AC|held"])
        let found = try document(try rows("SELECT document FROM worker_checks").joined())
        #expect(found.ok)
        #expect(found.checks.contains { $0["name"] as? String == "probe-memory" })
    }

    @Test(
        "A doctor that is interrupted in the middle of its attack leaves nothing behind",
        .enabled(if: geteuid() == 0, "needs root for the sandbox"))
    func interrupted() throws {
        let (process, output) = try desk.start("doctor")
        let mark = "judge-canary-\(process.processIdentifier)-"
        while process.isRunning, try Self.planted(mark).isEmpty {}
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        #expect(try output.readToEnd() ?? Data() == Data())
        #expect(try Self.planted(mark).isEmpty)
    }

    private static func planted(_ mark: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/tmp").filter { $0.hasPrefix(mark) }
    }
}
