import Foundation
import Testing

/// Judges by the real sandbox, which needs root here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct LogTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    @Test("A log as JSON has one object a line, one for each attempt, and nothing of the source")
    func json() throws {
        _ = try desk.submit()
        try desk.write("secret.py", "print('TOPSECRET')  # \"quoted\"\n")
        #expect(try desk.judge("submit", "sum", "secret.py").status == 0)
        try desk.write("judge.conf", "[worker]\nlog = \"json\"\n")
        let answer = try desk.judge("worker", "--drain")
        #expect(answer.status == 0)
        #expect(!answer.complaint.contains("TOPSECRET"))
        let lines = try answer.complaint.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            return try #require(object as? [String: String], "\(line)")
        }
        for line in lines {
            #expect(line["level"] == "info" && line["logger"] == "judge.worker")
            #expect(line["time"]?.hasSuffix("Z") == true)
        }
        let attempts = lines.filter { $0["message"] == "attempt ended" }
        #expect(attempts.map { $0["submission.id"] } == ["1", "2"])
        #expect(attempts.map { $0["verdict"] } == ["WA", "WA"])
        #expect(attempts.allSatisfy { $0["outcome"] == "judged" && $0["slot"] == "0" })
        let text = try desk.judge("worker", "--drain", "--log", "text")
        #expect(text.complaint.contains("worker started"))
        #expect(!text.complaint.hasPrefix("{"))
    }
}
