import Foundation
import JudgeCore
import Testing

@Suite struct QueueTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    @Test("A list says the position and the age of what waits, and neither when nothing does")
    func positions() async throws {
        _ = try desk.submit(user: "ada")
        _ = try desk.submit(user: "ada")
        #expect(try desk.judge("submit", "sum", "main.cpp", "--user", "eve").output == "3\n")
        let lines = try desk.judge("list").output.split(separator: "\n")
        #expect(lines[0].contains("  position  "))
        #expect(lines[0].contains("  age  reason"))
        let json = try desk.judge("list", "--json").output
        let positions = json.matches(of: /"position": ([0-9]+), "age_us": [0-9]+\}/)
        #expect(positions.map { String($0.output.1) } == ["2", "3", "1"], "\(json)")
        for _ in 1...3 { try await desk.finish(Judgement(verdict: .accepted, reason: nil)) }
        #expect(try !desk.judge("list").output.contains("position"))
        #expect(
            try desk.judge("list", "--json", "--limit", "1").output
                .hasSuffix("\"position\": null, \"age_us\": null}]\n"))
    }

    @Test(
        "The weights of the queue are those of the judge.conf of the worker that was started last",
        .enabled(if: geteuid() == 0, "needs root for the sandbox"))
    func weights() throws {
        let query =
            "exec sqlite3 -cmd '.timeout 5000' judge.db 'SELECT weight FROM queue_class ORDER BY class DESC'"
        try desk.write("judge.conf", "[queue]\nhigh = 9\nrejudging = 2\n")
        let worker = try desk.judge("worker", "--drain")
        #expect(worker.status == 0, "\(worker.complaint)")
        #expect(try desk.shell(query).output == "9\n10\n2\n2\n")
        try desk.write("judge.conf", "")
        #expect(try desk.judge("worker", "--drain").status == 0)
        #expect(try desk.shell(query).output == "50\n10\n2\n1\n")
    }

    @Test("A weight that starves a class is refused with its line")
    func noWeight() throws {
        try desk.write("judge.conf", "[queue]\nlow = 0\n")
        let answer = try desk.judge("list")
        #expect(answer.status == 65)
        #expect(answer.complaint.contains("judge.conf:2: low: 0 is not between 1 and 1000"))
    }
}
