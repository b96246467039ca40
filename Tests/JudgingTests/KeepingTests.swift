import JudgeCore
import Judging
import Problems
import Sandboxing
import Testing
import Units

@Suite("Which outputs are kept of a judging")
struct KeepingTests {
    /// Judges a program that prints the same in every test; of two tests the second answers differ.
    private func judgement(
        _ keeping: OutputKeeping, prints output: String, errors: [UInt8] = [], allTests: Bool = true
    ) async throws -> Judgement {
        let folder = try JudgeTests.Folder(["1.ans": output, "2.ans": "other", "3.ans": "other"])
        let slot = ScriptedSlot { call throws(SandboxError) in
            guard call.input != nil else { return .init(report: .exit(0), left: ["main": [1]]) }
            return .init(report: .exit(0), stdout: output, stderr: errors)
        }
        var settings = JudgingSettings()
        settings.outputs = keeping
        return try await Judge(settings: settings).judge(
            JudgeTests.source, in: JudgeTests.cpp,
            problem: JudgeTests.problem(folder, tests: ["1", "2", "3"]), allTests: allTests,
            on: slot)
    }

    private func keeping(
        _ tests: OutputKeeping.Tests, each: Int64 = 100, total: Int64 = 1_000
    ) -> OutputKeeping {
        OutputKeeping(tests: tests, each: ByteCount(each), total: ByteCount(total))
    }

    @Test("Outputs are kept of no test, of those that were not accepted, or of all")
    func tests() async throws {
        let counts: [(OutputKeeping.Tests, [Int])] = [
            (.none, [0, 0, 0]), (.rejected, [0, 2, 2]), (.all, [2, 2, 2]),
        ]
        for (tests, expected) in counts {
            let judged = try await judgement(keeping(tests), prints: "7\n", errors: [9, 0])
            #expect(judged.tests.map(\.verdict) == [.accepted, .wrongAnswer, .wrongAnswer])
            #expect(judged.tests.map(\.outputs.count) == expected)
        }
        let kept = try await judgement(keeping(.rejected), prints: "7\n", errors: [9, 0])
        #expect(
            kept.tests[1].outputs == [
                KeptOutput(stream: .stdout, head: Array("7\n".utf8), tail: [], size: ByteCount(2)),
                KeptOutput(stream: .stderr, head: [9, 0], tail: [], size: ByteCount(2)),
            ])
    }

    @Test("A stream to which nothing was written is not kept")
    func empty() async throws {
        let judged = try await judgement(keeping(.all), prints: "7")
        #expect(judged.tests[0].outputs.map(\.stream) == [.stdout])
    }

    @Test("Of a long output head and tail are kept, half of the cap each")
    func cap() async throws {
        let digits = String((0..<300).map { Character("\($0 % 10)") })
        let judged = try await judgement(keeping(.rejected, each: 11), prints: digits)
        let output = try #require(judged.tests[1].outputs.first)
        #expect(String(decoding: output.head, as: UTF8.self) == "012345")
        #expect(String(decoding: output.tail, as: UTF8.self) == "56789")
        #expect(output.size == ByteCount(300))
    }

    @Test("The outputs of one judgement have a cap together: the first tests come first")
    func total() async throws {
        let outputs = String(repeating: "7", count: 50)
        let whole = try await judgement(keeping(.all, each: 50, total: 10_000), prints: outputs)
        let said = whole.tests.reduce(0) { $0 + $1.checkerMessage.utf8.count }
        let judged = try await judgement(
            keeping(.all, each: 50, total: 120 + Int64(said)), prints: outputs)
        #expect(judged.tests.map { $0.outputs.map(\.keptBytes) } == [[50], [50], [20]])
        #expect(judged.tests[2].outputs[0].size == ByteCount(50))
        let first = whole.tests[0].checkerMessage.utf8.count
        let none = try await judgement(
            keeping(.all, each: 50, total: 50 + Int64(first)), prints: outputs)
        #expect(none.tests.map { $0.outputs.map(\.keptBytes) } == [[50], [0], [0]])
    }

    @Test("The file that is judged in place of standard output is kept beside it")
    func file() async throws {
        let folder = try JudgeTests.Folder(["1.ans": "3\n"])
        let slot = ScriptedSlot { call throws(SandboxError) in
            guard call.input != nil || call.box["main"] != nil else {
                return .init(report: .exit(0), left: ["main": [1]])
            }
            return .init(report: .exit(0), stdout: "hi", left: ["sum.out": Array("4\n".utf8)])
        }
        var problem = JudgeTests.problem(folder, tests: ["1"])
        problem.streams.outputFile = "sum.out"
        problem.allowFileWriting = true
        let judged = try await Judge().judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: problem, on: slot)
        #expect(judged.verdict == .wrongAnswer)
        #expect(judged.tests[0].outputs.map(\.stream) == [.stdout, .file])
        #expect(judged.tests[0].outputs.last?.head == Array("4\n".utf8))
    }
}
