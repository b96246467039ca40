import Foundation
import Testing

/// Judges by the real sandbox, which needs root here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct EngineTests {
    private let desk: Desk
    private let right = "a, b = map(int, input().split())\nprint(a + b)\n"

    init() throws {
        desk = try Desk()
        try desk.writePackage()
        try desk.write("right.py", right)
        try desk.write("wrong.py", "print(4)\n")
    }

    @Test("A program is judged here and now, and the exit code says whether it is accepted")
    func run() throws {
        let accepted = try desk.judge("run", "sum", "right.py")
        #expect(accepted.status == 0, "\(accepted.complaint)")
        #expect(accepted.output.hasPrefix("problem sum: AC, accepted\n"))
        #expect(accepted.complaint.isEmpty)
        let wrong = try desk.judge("run", "sum", "wrong.py", "--json")
        #expect(wrong.status == 1)
        #expect(wrong.output.contains("\"verdict\": \"WA\""))
        #expect(!desk.exists("judge.db"))
    }

    @Test("A package is verified by what its examples do")
    func verify() throws {
        try desk.write("sum/submissions/accepted/right.py", right)
        try desk.write("sum/submissions/wrong_answer/wrong.py", "print(4)\n")
        let answer = try desk.judge("problem", "verify", "./sum", "./sum")
        #expect(answer.status == 0, "\(answer.complaint)")
        #expect(answer.output.split(separator: "\n").count { $0.hasPrefix("sum: ok") } == 2)
        try desk.write("sum/submissions/accepted/liar.py", "print(4)\n")
        let liar = try desk.judge("problem", "verify", "./sum", "--json")
        #expect(liar.status == 1)
        #expect(
            liar.output.hasPrefix(
                "{\"problem\": \"sum\", \"time_limit_us\": 1000000, \"ok\": false"))
        #expect(
            liar.output.contains(
                "\"complaints\": [\"submissions/accepted: WA is not expected\"]"), "\(liar.output)")
    }

    @Test("A package with a wrong expectation is not ok, whatever else is right in it")
    func wrongExpectation() throws {
        let yaml = "problem_format_version: 2025-09\nname: Sum\nuuid: 1\nlimits:\n  time_limit: 1\n"
        try desk.write("sum/problem.yaml", yaml)
        try desk.write("sum/submissions/accepted/right.py", right)
        let statements: [(text: String, complaint: String?)] = [
            ("accepted:\n  required: [AC]\n", nil),
            (
                "accepted:\n  permitted: [AC, WA]\n  required: [WA]\n",
                "submissions.yaml:1: no test is WA"
            ),
            (
                "accepted:\n  message: too slow\n",
                "submissions.yaml:1: no message for judges contains \"too slow\""
            ),
        ]
        for (text, complaint) in statements {
            try desk.write("sum/submissions/submissions.yaml", text)
            for more in [[], ["--all-tests"]] {
                let answer = try desk.judge(["problem", "verify", "./sum"] + more)
                #expect(answer.status == (complaint == nil ? 0 : 1), "\(answer.output)")
                #expect(answer.output.hasPrefix(complaint == nil ? "sum: ok" : "sum: not ok"))
                guard let complaint else { continue }
                #expect(
                    answer.output.contains(
                        "  not ok: submissions/accepted/right.py: \(complaint)\n"),
                    "\(answer.output)")
            }
        }
    }

    @Test(
        "What is verified is shown as a table and as JSON: the limit, its margins, what is not as expected"
    )
    func verification() throws {
        try desk.write("sum/problem.yaml", "name: Sum\n")
        try desk.write("sum/submissions/accepted/right.py", right)
        try desk.write("sum/submissions/wrong_answer/also.py", right)
        let text = try desk.judge("problem", "verify", "./sum").output.split(separator: "\n")
        try #require(text.count == 7, "\(text)")
        #expect(text[0] == "sum: not ok, time limit 1.000 s, computed")
        #expect(text[1].hasPrefix("  slowest in time "))
        #expect(text[1].hasSuffix(": submissions/accepted/right.py on secret/1"))
        #expect(text[2].hasPrefix("  example ") && text[4].contains(" NOT OK "))
        #expect(
            text.suffix(2).map(String.init) == [
                "  not ok: submissions/wrong_answer/also.py: submissions/wrong_answer: no test is WA",
                "  not ok: submissions/wrong_answer/also.py: submissions/wrong_answer: AC is not "
                    + "expected",
            ])

        let output = try desk.judge("problem", "verify", "./sum", "--json").output
        let found = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
        let document = try #require(found)
        #expect(
            Set(document.keys) == [
                "problem", "time_limit_us", "ok", "time_limit_computed", "time_margins", "faults",
                "warnings", "submissions",
            ])
        #expect(document["time_limit_us"] as? Int == 1_000_000 && document["ok"] as? Bool == false)
        #expect(document["time_limit_computed"] as? Bool == true)
        let margins = try #require(document["time_margins"] as? [String: Any])
        let slowest = try #require(margins["slowest_in_time"] as? [String: Any])
        #expect(slowest["path"] as? String == "submissions/accepted/right.py")
        #expect(slowest["test"] as? String == "secret/1" && margins["fastest_too_late"] is NSNull)
        let ratio = try #require(slowest["ratio"] as? Double)
        let used = try #require(slowest["cpu_time_us"] as? Int)
        #expect(abs(ratio * Double(used) - 1_000_000) < 1)
        let examples = try #require(document["submissions"] as? [[String: Any]])
        #expect(examples.map { $0["ok"] as? Bool } == [true, false])
        #expect(examples.map { ($0["complaints"] as? [String])?.count } == [0, 2])
    }

    @Test("A validator that fails on hostile output makes its package not ok before a contest does")
    func fragileValidator() throws {
        try desk.write("sum/submissions/accepted/right.py", right)
        try desk.write(
            "sum/problem.yaml", "name: Sum\nvalidation: custom\nlimits:\n  time_limit: 1\n")
        let check =
            "import sys\nanswer = int(open(sys.argv[2]).read())\n"
            + "try:\n    ok = int(sys.stdin.read()) == answer\n"
        try desk.write(
            "sum/output_validators/check.py",
            check + "except ValueError:\n    ok = False\nsys.exit(42 if ok else 43)\n")
        let sound = try desk.judge("problem", "verify", "./sum")
        #expect(sound.status == 0, "\(sound.output)\(sound.complaint)")
        try desk.write(
            "sum/output_validators/check.py",
            check + "finally:\n    pass\nsys.exit(42 if ok else 43)\n")
        let fragile = try desk.judge("problem", "verify", "./sum", "--json")
        #expect(fragile.status == 1)
        #expect(
            fragile.output.contains("an empty output: ") && fragile.output.contains("ValueError"),
            "\(fragile.output)")
    }

    @Test("A source that makes its executable unstartable gets a verdict, and no worker is held up")
    func unstartable() throws {
        try desk.write(
            "odd.c",
            "__attribute__((section(\".interp\"))) const char i[] = \"/nowhere\";\n"
                + "int main(void) { return 0; }\n")
        let answer = try desk.judge("run", "sum", "odd.c", "--json")
        #expect(answer.status == 1)
        #expect(answer.output.contains("\"verdict\": \"RTE\""), "\(answer.output)")
        #expect(answer.output.contains("\"code\": \"exec-failed\""))
    }

    @Test("Every example package is as its author says")
    func examplePackages() throws {
        try verifyExamples(try Self.exampleNames())
    }

    /// JUDGE_EXAMPLES=all takes all packages, of which most tests of programs that are too slow run for seconds.
    @Test("On every test, not only up to the first that a program fails, too")
    func everyTest() throws {
        let isWhole = ProcessInfo.processInfo.environment["JUDGE_EXAMPLES"] == "all"
        let names = isWhole ? try Self.exampleNames() : ["aplusb", "pearls", "tours", "votes"]
        try verifyExamples(names, "--all-tests")
    }

    private static func exampleNames() throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: examples).sorted()
        try #require(names.count >= 5)
        return names
    }

    private static var examples: String {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return root.appending(path: "problems").path(percentEncoded: false)
    }

    private func verifyExamples(_ names: [String], _ options: String...) throws {
        let slots = "\(min(2, ProcessInfo.processInfo.activeProcessorCount))"
        let answer = try desk.judge(
            ["problem", "verify", "--slots", slots] + options
                + names.map { "\(Self.examples)/\($0)" })
        #expect(answer.status == 0, "\(answer.output) \(answer.complaint)")
        for name in names {
            let hasLimit = answer.output.contains("\(name): ok, time limit ")
            // No program runs where answers are submitted.
            #expect(hasLimit || name == "tours" && answer.output.contains("tours: ok\n"))
        }
    }

    @Test("A time limit that the package does not state is measured when it is added")
    func measured() throws {
        try desk.write("sum/problem.yaml", "name: Sum\n")
        let without = try desk.judge("problem", "add", "sum")
        #expect(without.status == 65)
        #expect(!desk.exists("judge-problems"))
        try desk.write("sum/submissions/accepted/right.py", right)
        let answer = try desk.judge("problem", "add", "sum")
        #expect(answer.output == "sum: 1 tests, time limit 1.000 s\n")
    }

    @Test("A worker empties the queue and ends")
    func drain() throws {
        #expect(try desk.judge("problem", "add", "sum").status == 0)
        for file in ["right.py", "wrong.py"] {
            #expect(try desk.judge("submit", "sum", file).status == 0)
        }
        let worker = try desk.judge("worker", "--drain")
        #expect(worker.status == 0, "\(worker.complaint)")
        #expect(try desk.judge("result", "1", "--wait").status == 0)
        #expect(try desk.judge("result", "2", "--wait").status == 1)
    }

    @Test("A worker that is told to stop gives its job back, and no attempt is counted")
    func stopped() throws {
        try desk.write("sum/problem.yaml", "name: Sum\nlimits:\n  time_limit: 60\n")
        #expect(try desk.judge("problem", "add", "sum").status == 0)
        try desk.write("sleep.py", "import time\ntime.sleep(600)\n")
        #expect(try desk.judge("submit", "sum", "sleep.py").status == 0)
        let (worker, log) = try desk.startLogging("worker")
        // Its second line would be the end of an attempt: the first says that it listens.
        #expect(String(decoding: log.availableData, as: UTF8.self).contains("worker started"))
        worker.terminate()
        worker.waitUntilExit()
        #expect(worker.terminationStatus == 0)
        let listed = try desk.judge("list", "--json").output
        #expect(listed.contains("\"state\": \"queued\""))
        #expect(listed.contains("\"attempt\": null"))
    }
}
