import Foundation
import Testing

/// Answers from submission to result, with the real sandbox, which needs root here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct AnswerCommandTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.write(
            "sum/problem.yaml",
            "problem_format_version: 2025-09\nname: Sum\nuuid: 1\ntype: submit-answer\n")
        for (name, answer) in [("1", "3\n"), ("2", "5\n")] {
            try desk.write("sum/data/secret/\(name).in", "")
            try desk.write("sum/data/secret/\(name).ans", answer)
        }
        try desk.write("right/1.ans", "3\n")
        try desk.write("right/2.ans", "5\n")
        try desk.write("wrong/2.ans", "4\n")
    }

    @Test("Answers are submitted without a language, judged by a worker, and shown")
    func queue() throws {
        let added = try desk.judge("problem", "add", "sum")
        #expect(added.output == "sum: 2 tests, answers are submitted\n", "\(added.complaint)")
        let shown = try desk.judge("problem", "show", "sum").output
        #expect(shown.contains("time limit  none, answers are submitted\n"), "\(shown)")
        #expect(try desk.judge("problem", "list").output.contains("none"))
        #expect(try desk.judge("submit", "sum", "right/1.ans", "right/2.ans").output == "1\n")
        #expect(try desk.judge("submit", "sum", "right/1.ans", "wrong/2.ans").output == "2\n")
        for (arguments, complaint) in [
            (["wrong.ans"], "cannot read wrong.ans: No such file or directory"),
            (["right/1.ans", "-l", "cpp17"], "problem sum takes answers, not programs; leave "),
            (["sum/problem.yaml"], "problem.yaml has the name of no test"),
        ] {
            let refused = try desk.judge(["submit", "sum"] + arguments)
            #expect(refused.status == 65)
            #expect(refused.complaint.hasPrefix("judge: " + complaint), "\(refused.complaint)")
        }
        let worker = try desk.judge("worker", "--drain")
        #expect(worker.status == 0, "\(worker.complaint)")
        let right = try desk.judge("result", "1", "--wait", "--json")
        #expect(right.status == 0)
        #expect(right.output.contains("\"language\": \"answers\""), "\(right.output)")
        #expect(right.output.contains("\"compile\": null"))
        #expect(right.output.contains("\"memory_peak_bytes\": null, \"compile\""))
        let wrong = try desk.judge("result", "2", "--wait")
        #expect(wrong.status == 1)
        #expect(wrong.output.contains("WA, wrong answer\n  test secret/2: "), "\(wrong.output)")
    }

    @Test("Answers are judged here and now, and their package is verified")
    func here() throws {
        let right = try desk.judge("run", "sum", "right/1.ans", "right/2.ans")
        #expect(right.status == 0, "\(right.complaint)\(right.output)")
        let missing = try desk.judge("run", "sum", "right/1.ans", "--json")
        #expect(missing.status == 1)
        #expect(missing.output.contains("no answer to it was submitted"))
        try desk.write("sum/submissions/accepted/all/1.ans", "3")
        try desk.write("sum/submissions/accepted/all/2.ans", "5")
        try desk.write("sum/submissions/wrong_answer/1.ans", "3")
        let verified = try desk.judge("problem", "verify", "sum", "--all-tests")
        #expect(verified.status == 0, "\(verified.output)")
        #expect(verified.output.hasPrefix("sum: ok\n"))
        try desk.write("sum/submissions/wrong_answer/2.ans", "5")
        try desk.write("sum/submissions/accepted/all/2.ans", "6")
        let lying = try desk.judge("problem", "verify", "sum")
        #expect(lying.status == 1)
        #expect(lying.output.hasPrefix("sum: not ok\n"))
    }
}
