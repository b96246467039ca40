import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Languages with several steps, and what follows from the memory limit")
struct LanguageStepTests {
    private static var language: Language {
        var language = JudgeTests.cpp
        language.compile = ["/bin/one", "-m{memory_mib}", "{sources}"]
        language.furtherCompile = [["/bin/two", "{entry}"]]
        language.products = ["main"]
        language.run = ["/box/main", "-Xmx{heap_mib}m"]
        language.environment = ["LIMIT={heap_mib}MiB"]
        language.outOfMemory = ["no more"]
        language.baseMemory = .mebibytes(48)
        return language
    }

    @Test("All steps run in order, their time and memory count together, their messages are joined")
    func steps() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": ""])
        let slot = ScriptedSlot { call throws(SandboxError) in
            var report = RunReport.exit(0)
            report.cpuTime = .seconds(call.request.arguments[0] == "/bin/one" ? 20 : 30)
            report.memoryPeak = .mebibytes(call.request.arguments[0] == "/bin/one" ? 7 : 5)
            return .init(report: report, stdout: call.request.arguments[0], left: ["main": [1]])
        }
        var problem = JudgeTests.problem(folder, tests: ["1"])
        problem.limits.memory = .mebibytes(256)
        let judgement = try await Judge().judge(
            JudgeTests.source, in: Self.language, problem: problem, on: slot)
        #expect(judgement.compile?.cpuTime == .seconds(50))
        #expect(judgement.compile?.memoryPeak == .mebibytes(7))
        #expect(judgement.compile?.output == "/bin/one/bin/two")
        let requests = await slot.calls.map(\.request)
        #expect(requests[0].arguments == ["/bin/one", "-m2048", "a.cpp"])
        #expect(requests[1].arguments == ["/bin/two", "a.cpp"])
        // What the first took is gone.
        #expect(requests[1].limits.cpuTime == .seconds(40))
        #expect(requests[2].arguments == ["/box/main", "-Xmx208m"])
        #expect(requests[2].environment.contains("LIMIT=208MiB"))
        #expect(requests[2].memoryWords == ["no more"])
    }

    @Test("A step that fails is the last one, and a compiler error")
    func failing() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": ""])
        let slot = ScriptedSlot { _ throws(SandboxError) in
            .init(report: .exit(1), left: ["main": [1]])
        }
        let judgement = try await Judge().judge(
            JudgeTests.source, in: Self.language,
            problem: JudgeTests.problem(folder, tests: ["1"]), on: slot)
        #expect(judgement.verdict == .compilerError)
        #expect(await slot.calls.count == 1)
    }

    @Test("The heap is the limit less what the runtime takes, and at least half of the limit")
    func heap() {
        #expect(Self.language.heapMebibytes(of: .mebibytes(256)) == 208)
        #expect(Self.language.heapMebibytes(of: .mebibytes(64)) == 32)
        #expect(JudgeTests.cpp.heapMebibytes(of: .mebibytes(64)) == 64)
    }

    @Test("A compiler that is not there is an error of the machine that says what brings it")
    func missing() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": ""])
        var language = Self.language
        language.package = "one-compiler"
        let slot = ScriptedSlot { _ throws(SandboxError) in
            var report = RunReport(outcome: .setupFailed)
            report.execErrno = 2
            return .init(report: report)
        }
        await #expect(
            throws: JudgingError.machine(
                "C++17 is not installed here; apt-get install one-compiler")
        ) {
            try await Judge().judge(
                JudgeTests.source, in: language,
                problem: JudgeTests.problem(folder, tests: ["1"]), on: slot)
        }
    }
}
