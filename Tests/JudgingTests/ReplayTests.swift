import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Making a run of a judging again")
struct ReplayTests {
    private static func conditions(
        _ problem: Problem, _ language: Language = JudgeTests.cpp,
        _ change: (inout JudgingSettings) -> Void = { _ in }
    ) -> JudgingConditions {
        var settings = JudgingSettings()
        change(&settings)
        return JudgingConditions(
            language: language, settings: settings, problem: problem,
            machine: Machine(
                host: "h", kernel: "6.1", helperDigest: "aa", filterDigest: "bb",
                mounts: ["/opt/x:/opt/x"],
                toolchains: ["cpp17": Toolchain(version: "g++ 12", digest: "cc")]))
    }

    @Test("The one test is run with the request, box and input of the judging")
    func same() async throws {
        let folder = try JudgeTests.Folder(["1.ans": "3\n", "2.ans": "5\n", "2.in": "2 3\n"])
        var problem = JudgeTests.problem(folder, tests: ["1", "2"])
        problem.tests[1].arguments = ["-x"]
        let outputs = ["1.in": "3", "2.in": "6"]
        let conditions = Self.conditions(problem) { $0.openFiles = 17 }
        let judged = JudgeTests.slot(outputs)
        let judgement = try await Judge(settings: conditions.settings).judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: problem, on: judged)
        let replayed = JudgeTests.slot(outputs)
        let outcome = try await Replay(under: conditions, languages: []).run(
            JudgeTests.source, problem: problem, test: "secret/2", on: replayed)

        let (then, now) = (await judged.calls, await replayed.calls)
        #expect(now.count == 2)
        #expect(now.map(\.request) == [then[0].request, then[2].request])
        #expect(now.map(\.box) == [then[0].box, then[2].box])
        #expect(now.map(\.input) == [then[0].input, then[2].input])
        #expect(now[1].request.limits.openFiles == 17)
        #expect(now[1].request.arguments.last == "-x")
        #expect(outcome.verdict == .wrongAnswer)
        #expect(outcome.reason == judgement.tests[1].reason)
        let run = try #require(outcome.run)
        #expect(run.request == now[1].request)
        #expect(run.box.map(\.name) == ["main"] && run.box.allSatisfy(\.executable))
        #expect(run.result.stdout == Array("6".utf8))
        guard case .file(let input) = run.input else {
            Issue.record("the input is no file")
            return
        }
        #expect(input.hasSuffix("/2.in"))
    }

    @Test("The time limit and the language of then are used, whatever they are now")
    func conditionsOfThen() async throws {
        let folder = try JudgeTests.Folder(["1.ans": "3\n"])
        var problem = JudgeTests.problem(folder, tests: ["1"])
        var language = JudgeTests.cpp
        language.run = ["/box/main", "--old"]
        let conditions = Self.conditions(problem, language)
        problem.timeLimit = nil
        let slot = JudgeTests.slot(["1.in": "3"])
        let outcome = try await Replay(under: conditions, languages: []).run(
            JudgeTests.source, problem: problem, test: "secret/1", on: slot)
        #expect(outcome.verdict == .accepted)
        #expect(outcome.run?.request.arguments == ["/box/main", "--old"])
        #expect(outcome.run?.request.limits.cpuTime == .milliseconds(2_100))
    }

    @Test("A program that does not compile any more is told with what the compiler ran on")
    func compilerError() async throws {
        let folder = try JudgeTests.Folder(["1.ans": "3\n"])
        let problem = JudgeTests.problem(folder, tests: ["1"])
        let slot = ScriptedSlot { _ throws(SandboxError) in .init(report: .exit(1), stdout: "no") }
        let outcome = try await Replay(under: Self.conditions(problem), languages: []).run(
            JudgeTests.source, problem: problem, test: "secret/1", on: slot)
        #expect(outcome.verdict == .compilerError)
        #expect(outcome.reason?.code == .compilerFailed)
        #expect(outcome.test == nil)
        #expect(outcome.run?.box.map(\.name) == ["a.cpp"])
    }

    @Test("A test that the problem does not have is refused with the nearest one")
    func unknown() throws {
        let folder = try JudgeTests.Folder([:])
        var problem = JudgeTests.problem(folder, tests: ["1"])
        problem.tests[0].name = "secret/01"
        #expect(
            throws: JudgingError.refused(
                "problem aplusb has no test secret/02; did you mean secret/01?")
        ) { try Replay.test("secret/02", of: problem) }
        problem.tests[0].isStaticValidation = true
        #expect(
            throws: JudgingError.refused("test secret/01 reads the source and runs nothing")
        ) { try Replay.test("secret/01", of: problem) }
    }

    @Test("Conditions are read as they were written, with the language's own toolchain")
    func document() throws {
        let folder = try JudgeTests.Folder([:])
        let problem = JudgeTests.problem(folder, tests: ["1"])
        var conditions = Self.conditions(problem) {
            $0.wallMinimum = .milliseconds(1_234)
            $0.outputs = OutputKeeping(tests: .none, each: ByteCount(7), total: ByteCount(8))
        }
        conditions.machine.toolchains["c17"] = Toolchain(version: "gcc")
        let document = try #require(conditions.document)
        conditions.machine.toolchains["c17"] = nil
        #expect(try JudgingConditions(document: document) == conditions)
        #expect(conditions.limits["cpu_time_us"] == 2_000_000)
        #expect(conditions.limits["wall_time_us"] == 6_000_000)
        #expect(document.contains("\"helper_digest\":\"aa\""))
        #expect(try JudgingConditions(document: document).document == document)
    }

    @Test("A setting that a former version did not know has its built-in value")
    func formerVersion() throws {
        let folder = try JudgeTests.Folder([:])
        let problem = JudgeTests.problem(folder, tests: ["1"])
        let conditions = Self.conditions(problem) { $0.openFiles = 17 }
        let document = try #require(conditions.document)
        let former = document.replacing(/"validator_processes":\d+,/, with: "")
        #expect(former != document)
        #expect(try JudgingConditions(document: former) == conditions)
    }

    @Test("What is no such document is told", arguments: ["", "{", "[]", "{\"language\": 1}"])
    func damaged(document: String) {
        #expect(throws: JudgingError.self) { try JudgingConditions(document: document) }
    }
}
