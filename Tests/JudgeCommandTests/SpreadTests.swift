import Foundation
import Testing

/// A worker whose slots share the tests of one submission, in the real sandbox, which needs root here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .timeLimit(.minutes(4)))
struct SpreadTests {
    private static let tests = 40
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.write("sum/problem.yaml", "name: Sum\nlimits:\n  time_limit: 10\n")
        for number in 10..<10 + Self.tests {
            try desk.write("sum/data/secret/\(number).in", "\(number) 1\n")
            try desk.write("sum/data/secret/\(number).ans", "\(number + 1)\n")
        }
        try #require(try desk.judge("problem", "add", "sum").status == 0)
        try desk.write("right.py", "a, b = map(int, input().split())\nprint(a + b)\n")
        // Says that it failed at every test from the thirtieth on.
        try desk.write(
            "late.py", "a, b = map(int, input().split())\nprint(a + b if a < 39 else f'no {a}')\n")
    }

    /// Submits a program and judges it; what is known of the judgement but for times and memory, and the
    /// worker's log.
    private func judged(_ file: String, spread: Bool) throws -> (result: String, log: String) {
        try desk.write("judge.conf", "[worker]\nspread_tests = \(spread)\n")
        let id = try desk.judge("submit", "sum", file).output.filter(\.isNumber)
        let worker = try desk.judge("worker", "--drain", "--slots", "2")
        #expect(worker.status == 0, "\(worker.complaint)")
        let document = try desk.judge("result", id, "--json").output
        let result = try #require(
            try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any])
        let tests = try #require(result["tests"] as? [[String: Any]])
        let kept: (Any) throws -> String = {
            String(
                decoding: try JSONSerialization.data(
                    withJSONObject: $0, options: [.sortedKeys]), as: UTF8.self)
        }
        var lines = try tests.map { test in
            let names = ["name", "verdict", "reason", "checker_message"]
            return try kept(test.filter { names.contains($0.key) })
        }
        lines.append(try kept(result.filter { ["verdict", "reason"].contains($0.key) }))
        return (lines.joined(separator: "\n"), worker.complaint)
    }

    @Test("The judgement is the same whether its tests ran in one slot or in two")
    func same() throws {
        for file in ["right.py", "late.py"] {
            let alone = try judged(file, spread: false)
            #expect(!alone.log.contains("lent.slots"))
            #expect(alone.result.split(separator: "\n").count == (file == "right.py" ? 41 : 31))
            // A slot is not borrowed where preparing the first one took long, as it may now and then.
            for attempt in 1... {
                let both = try judged(file, spread: true)
                #expect(both.result == alone.result)
                if both.log.contains("lent.slots=1") { break }
                try #require(attempt < 10, "no slot was lent: \(both.log)")
            }
        }
    }
}
