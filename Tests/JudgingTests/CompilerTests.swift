import JudgeCore
import Judging
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite struct CompilerTests {
    static let failedCompilations: [(RunReport, ReasonCode, String)] = [
        (.exit(1), .compilerFailed, "the compiler exited with code 1"),
        (
            .ended(.signaled, signal: 11), .compilerFailed,
            "the compiler was ended by signal 11 (SIGSEGV)"
        ),
        (.ended(.cpuTime), .compileTimeLimit, "used 0.001 s of 60.000 s"),
        (.ended(.wallTime), .compileTimeLimit, "took"), (.ended(.idle), .compileTimeLimit, "took"),
        (.ended(.memory), .compileMemoryLimit, "peak 1.0 MiB of 2.0 GiB"),
        (.ended(.output), .compileOutputLimit, "wrote"),
        (.ended(.processes), .compilerFailed, "hit the limit of 64"),
        (
            {
                var report = RunReport.exit(1)
                report.oomKills = 1
                return report
            }(), .compileMemoryLimit, "peak"
        ),
        (.exit(0), .compilerFailed, "the compiler left no file called main"),
    ]

    @Test("Whatever stops the compiler is a compiler error with its code", arguments: 0..<10)
    func compilerError(row: Int) async throws {
        let (report, code, text) = Self.failedCompilations[row]
        let folder = try JudgeTests.Folder(["1.ans": "1"])
        let slot = ScriptedSlot { _ throws(SandboxError) in
            .init(report: report, stdout: "out", stderr: [0x65, 0xFF, 0x72])
        }
        let judgement = try await Judge().judge(
            JudgeTests.source, in: JudgeTests.cpp,
            problem: JudgeTests.problem(folder, tests: ["1"]), on: slot)
        #expect(judgement.verdict == .compilerError)
        #expect(judgement.reason?.code == code)
        #expect(judgement.reason?.text.hasPrefix(text) == true)
        #expect(judgement.compile?.ok == false)
        #expect(judgement.compile?.output == "oute\u{FFFD}r")
        #expect(judgement.tests.isEmpty)
        #expect(judgement.cpuTime == nil)
        #expect(await slot.calls.count == 1)
    }

    @Test("Products larger than the cap together are a compiler error")
    func largeProducts() async throws {
        let folder = try JudgeTests.Folder(["1.ans": "1"])
        var settings = JudgingSettings()
        settings.productSize = ByteCount(5)
        var language = JudgeTests.cpp
        language.products = ["main", "evil"]
        let slot = ScriptedSlot { _ throws(SandboxError) in
            .init(report: .exit(0), left: ["main": [1, 2, 3], "evil": [4, 5, 6]])
        }
        let judgement = try await Judge(settings: settings).judge(
            JudgeTests.source, in: language, problem: JudgeTests.problem(folder, tests: ["1"]),
            on: slot)
        #expect(judgement.verdict == .compilerError)
        #expect(judgement.reason?.code == .compileOutputLimit)
        #expect(await slot.calls[0].request.limits.fileSize == ByteCount(5))
    }

    @Test("Of a long compiler output head and tail are kept")
    func longCompilerOutput() async throws {
        let folder = try JudgeTests.Folder(["1.ans": "1"])
        var settings = JudgingSettings()
        settings.compilerOutputKept = ByteCount(100)
        let slot = ScriptedSlot { _ throws(SandboxError) in
            .init(report: .exit(1), stdout: "head" + String(repeating: "å", count: 500) + "tail")
        }
        let judgement = try await Judge(settings: settings).judge(
            JudgeTests.source, in: JudgeTests.cpp,
            problem: JudgeTests.problem(folder, tests: ["1"]), on: slot)
        let output = try #require(judgement.compile?.output)
        #expect(output.hasPrefix("headå") && output.hasSuffix("åtail"))
        #expect(output.contains("bytes left out") && output.utf8.count <= 100)
        #expect(!output.contains("\u{FFFD}"))
    }
}
