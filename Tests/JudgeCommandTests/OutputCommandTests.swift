import Foundation
import JudgeCore
import Testing
import Units

@Suite struct OutputCommandTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    private static let hostile = Array("4\u{1b}[2J\n".utf8) + [0, 0xFF, 10]

    /// A judgement with outputs of its one test.
    private func judge(_ outputs: [KeptOutput]) async throws -> Int64 {
        let id = try desk.submit()
        try await desk.finish(
            Judgement(
                verdict: .wrongAnswer, reason: Reason(.wrongOutput, "token 1 differs"),
                compile: CompileResult(
                    ok: true, cpuTime: .zero, memoryPeak: .zero, output: "unused variable"),
                tests: [
                    TestResult(
                        name: "secret/1", group: "secret", verdict: .wrongAnswer,
                        reason: Reason(.wrongOutput, "token 1 differs"), outputs: outputs)
                ]))
        return id
    }

    @Test("What a submission wrote goes into a file and a pipe byte for byte")
    func bytes() async throws {
        let id = try await judge([
            KeptOutput(.stdout, Self.hostile, atMost: .kibibytes(1)),
            KeptOutput(.stderr, Array("oops".utf8), atMost: .kibibytes(1)),
        ])
        let answer = try desk.judge("output", "\(id)", "secret/1", "--to", "out")
        #expect(answer.status == 0)
        #expect(answer.complaint.isEmpty)
        let file = desk.directory.appending(path: "out")
        #expect(try [UInt8](Data(contentsOf: file)) == Self.hostile)
        let piped = try desk.shell("\"$0\" output \(id) secret/1 | cmp - out && echo same")
        #expect(piped.output == "same\n")
        #expect(
            try desk.judge("output", "\(id)", "secret/1", "--stream", "stderr").output == "oops")
        let again = try desk.judge("output", "\(id)", "secret/1", "--to", "out")
        #expect(again.status == 65)
        #expect(again.complaint == "judge: cannot write out: File exists\n")
    }

    @Test("A terminal is shown nothing that it would obey")
    func terminal() async throws {
        let id = try await judge([KeptOutput(.stdout, Self.hostile, atMost: .kibibytes(1))])
        let answer = try desk.shell("script -qec \"$0 output \(id) secret/1\" /dev/null </dev/null")
        #expect(!answer.output.contains("\u{1b}"))
        #expect(answer.output.hasPrefix("4\\u{1b}[2J"))
    }

    @Test("A cut output says how much is missing, and where")
    func cut() async throws {
        let id = try await judge([
            KeptOutput(.stdout, Array("0123456789".utf8), atMost: ByteCount(4))
        ])
        let answer = try desk.judge("output", "\(id)", "secret/1")
        #expect(answer.output == "01\n[6 bytes left out]\n89")
        #expect(
            answer.complaint == "judge: 10 bytes were written; 6 in the middle are not kept\n")
        #expect(
            try desk.judge("output", "\(id)", "secret/1", "--json").output == """
                {"test": "secret/1", "stream": "stdout", "size_bytes": 10, "left_out_bytes": 6, \
                "head_base64": "MDE=", "tail_base64": "ODk="}

                """)
        let list = try desk.judge("output", "\(id)")
        #expect(list.output.hasPrefix("test      stream  written  kept  stored\n"))
        #expect(list.output.contains("secret/1  stdout     10 B   4 B"))
        #expect(
            try desk.judge("output", "\(id)", "--json").output.hasPrefix(
                """
                {"submission": 1, "outputs": [{"test": "secret/1", "stream": "stdout", \
                "size_bytes": 10, "kept_bytes": 4, 
                """.trimmingCharacters(in: .newlines)))
    }

    @Test("What is not kept is told in one sentence with exit code 65")
    func missing() async throws {
        let queued = try desk.submit()
        let early = try desk.judge("output", "\(queued)", "secret/1")
        #expect(early.status == 65)
        #expect(early.complaint == "judge: submission \(queued) is not judged yet\n")
        try await desk.finish(
            Judgement(
                verdict: .accepted, reason: nil,
                tests: [TestResult(name: "secret/1", group: "secret", verdict: .accepted)]))
        let wrong = try desk.judge("output", "\(queued)", "secret/2")
        #expect(wrong.status == 65)
        #expect(wrong.complaint.hasSuffix("on a test secret/2; did you mean secret/1?\n"))
        let none = try desk.judge("output", "\(queued)", "secret/1")
        #expect(none.status == 65)
        #expect(none.complaint.hasPrefix("judge: nothing is kept of stdout of test secret/1: "))
        #expect(try desk.judge("output", "99", "secret/1").status == 65)
    }

    @Test("Pruning says what it would free, then frees it, and the verdict stays")
    func prune() async throws {
        let id = try await judge([KeptOutput(.stdout, Self.hostile, atMost: .kibibytes(1))])
        #expect(
            try desk.judge("database", "prune", "--older-than", "1d").output
                == "nothing is that old\n")
        let preview = try desk.judge("database", "prune", "--older-than", "0s", "--preview")
        #expect(
            preview.output.hasPrefix("would take away 2 outputs and 0 messages of 1 judgement, "))
        #expect(try desk.judge("output", "\(id)", "secret/1", "--json").status == 0)
        let json = try desk.judge(
            "database", "prune", "--older-than", "0s", "--preview", "--json")
        #expect(
            json.output.hasPrefix(
                "{\"preview\": true, \"outputs\": 2, \"messages\": 0, \"judgements\": 1, "))
        let done = try desk.judge("database", "prune", "--older-than", "0s")
        #expect(done.output.hasPrefix("took away 2 outputs and 0 messages of 1 judgement, "))
        #expect(done.output.hasSuffix("uses the space for what is stored next\n"))
        #expect(try desk.judge("output", "\(id)", "secret/1").status == 65)
        let result = try desk.judge("result", "\(id)").output
        #expect(result.contains("WA, wrong answer") && !result.contains("unused variable"))
        let known = try desk.judge("result", "\(id)", "--json").output
        #expect(known.contains("\"checker_message\": null, \"team_message\": null"))
        #expect(known.contains("\"output\": null"))
    }
}
