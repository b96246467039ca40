import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// A package's own validator of sources, in a slot that runs nothing.
@Suite struct StaticValidatorTests {
    private let judge = Judge(languages: [JudgeTests.cpp, JudgeTests.python])

    /// A static validation worth 40 points and one test worth 60, judged by an output validator.
    static func problem(
        _ folder: JudgeTests.Folder, scoring: Bool = true
    ) -> Problem {
        var problem = JudgeTests.problem(folder, tests: ["1", "1"])
        problem.formatVersion = "2025-09"
        problem.tests[0] = TestCase(
            name: "secret/static_validation", group: "secret", inputPath: "", answerPath: "",
            validatorFlags: ["--short", "a b"])
        problem.tests[0].isStaticValidation = true
        problem.limits.validationTime = .seconds(7)
        func program(_ name: String) -> PackageProgram {
            PackageProgram(
                path: name,
                files: [PackageFile(name: "\(name).cpp", path: "\(folder.path)/\(name).cpp")])
        }
        problem.programs.staticValidator = program("static")
        problem.programs.outputValidators = [program("output")]
        problem.included.byLanguage["cpp"] = [
            PackageFile(name: "lib.h", path: "\(folder.path)/lib.h")
        ]
        guard scoring else { return problem }
        problem.kind.objective = .max
        let secret = TestGroup(
            name: "secret", members: [.test(0), .test(1)],
            rule: .points(
                PointsRule(maxScore: 100, aggregation: .sum, staticValidationScore: 40)))
        problem.data = TestGroup(name: "", members: [.group(secret)], rule: .whole)
        return problem
    }

    static func folder() throws -> JudgeTests.Folder {
        try JudgeTests.Folder([
            "1.in": "in", "1.ans": "ans", "static.cpp": "static", "output.cpp": "output",
            "lib.h": "lib",
        ])
    }

    /// Programs are their sources; the output validator accepts.
    static func companion(_ answer: ScriptedSlot.Answer) -> ScriptedSlot {
        ScriptedSlot { call throws(SandboxError) in
            if call.request.boxWritable {
                return .init(report: .exit(0), left: ["main": call.box.values.first ?? []])
            }
            return call.box["main"] == Array("static".utf8) ? answer : .init(report: .exit(42))
        }
    }

    static func slot(_ companion: ScriptedSlot) -> ScriptedSlot {
        ScriptedSlot(companion: companion) { call throws(SandboxError) in
            call.request.boxWritable
                ? .init(report: .exit(0), left: ["main": [1]])
                : .init(report: .exit(0), stdout: "output")
        }
    }

    private func judgement(
        _ answer: ScriptedSlot.Answer, scoring: Bool = true, allTests: Bool = false
    ) async throws -> (judgement: Judgement, calls: [ScriptedSlot.Call]) {
        let folder = try Self.folder()
        let companion = Self.companion(answer)
        let judgement = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: Self.problem(folder, scoring: scoring),
            allTests: allTests, on: Self.slot(companion))
        return (judgement, await companion.calls)
    }

    @Test("A static validator is called with language, entry point and feedback folder")
    func call() async throws {
        let (judgement, calls) = try await judgement(.init(report: .exit(42)))
        #expect(judgement.verdict == .accepted && judgement.score == 100)
        #expect(judgement.tests.map(\.name) == ["secret/static_validation", "secret/1"])
        #expect(judgement.tests.map(\.score) == [40, 60])
        let run = try #require(
            calls.first {
                $0.box["main"] == Array("static".utf8)
                    && !$0.request.boxWritable
            })
        #expect(
            run.request.arguments == [
                "/box/main", "cpp", "a.cpp", "/box/.feedback/", "--short", "a b",
            ])
        #expect(run.request.workingDirectory == "/box/.submission" && run.bytes.isEmpty)
        #expect(run.input == nil && !run.request.boxWritable && run.request.network == .none)
        #expect(run.request.limits.cpuTime == .seconds(7))
    }

    @Test("It finds the submitted files, those of the package and what the compiler made")
    func files() async throws {
        let (_, calls) = try await judgement(.init(report: .exit(42)))
        let run = try #require(calls.first { !$0.request.boxWritable })
        let found = run.box.filter { $0.key.hasPrefix(".submission/") }
        #expect(
            found == [
                ".submission/a.cpp": Array("int".utf8), ".submission/lib.h": Array("lib".utf8),
                ".submission/main": [1],
            ])
        #expect(run.executables == ["main", ".submission/main"])
        // The output validator is there again, and finds what was submitted.
        let last = try #require(calls.last)
        #expect(last.box["main"] == Array("output".utf8) && last.box[".data/1.in"] != nil)
        #expect(last.box.keys.filter { $0.hasPrefix(".submission/") } == [".submission/a.cpp"])
    }

    @Test("What it writes counts: points, words for judges and words for the submitter")
    func feedback() async throws {
        let (judgement, _) = try await judgement(
            .init(
                report: .exit(42),
                left: [
                    ".feedback/score_multiplier.txt": Array("0.5".utf8),
                    ".feedback/judgemessage.txt": Array("long".utf8),
                    ".feedback/teammessage.txt": Array("shorter!".utf8),
                ]))
        #expect(judgement.score == 80 && judgement.tests[0].score == 20)
        #expect(judgement.tests[0].checkerMessage == "long")
        #expect(judgement.tests[0].teamMessage == "shorter!")
        let (tooMuch, _) = try await self.judgement(
            .init(report: .exit(42), left: [".feedback/score.txt": Array("41".utf8)]))
        #expect(tooMuch.verdict == .judgeError && tooMuch.reason?.code == .badPackage)
    }

    @Test("A source that it rejects is a wrong answer, before any test where one failure decides")
    func rejected() async throws {
        let (scored, _) = try await judgement(.init(report: .exit(43)))
        #expect(scored.verdict == .accepted && scored.score == 60)
        #expect(scored.tests.map(\.verdict) == [.wrongAnswer, .accepted])
        #expect(
            scored.tests[0].reason
                == Reason(.sourceRejected, "the static validator static rejects it"))
        let (passFail, calls) = try await judgement(.init(report: .exit(43)), scoring: false)
        #expect(passFail.verdict == .wrongAnswer && passFail.reason?.code == .sourceRejected)
        #expect(passFail.tests.count == 1)
        #expect(calls.count { !$0.request.boxWritable } == 1)
        let (all, _) = try await judgement(
            .init(report: .exit(43)), scoring: false, allTests: true)
        #expect(all.verdict == .wrongAnswer && all.tests.count == 2)
    }

    @Test(
        "From 2023-07 on a validator that rejects and gives a score all the same is a judge error")
    func scoreOfRejected() async throws {
        for name in ["score.txt", "score_multiplier.txt"] {
            for text in ["1", "many"] {
                let (judgement, _) = try await judgement(
                    .init(report: .exit(43), left: [".feedback/\(name)": Array(text.utf8)]))
                #expect(judgement.verdict == .judgeError && judgement.score == nil)
                #expect(
                    judgement.reason?.code == (text == "1" ? .badPackage : .checkerCrashed),
                    "\(judgement)")
            }
        }
        let (passFail, _) = try await judgement(
            .init(report: .exit(43), left: [".feedback/score.txt": Array("1".utf8)]),
            scoring: false)
        #expect(passFail.verdict == .wrongAnswer)
    }

    @Test("A static validator that fails is a judge error with its own words")
    func failed() async throws {
        for report in [RunReport.exit(0), .exit(1), .ended(.cpuTime), .ended(.output)] {
            let (judgement, _) = try await judgement(
                .init(report: report, stderr: Array("why\n".utf8)))
            #expect(judgement.verdict == .judgeError && judgement.reason?.code == .checkerCrashed)
            #expect(judgement.reason?.text.hasPrefix("the static validator static ") == true)
            #expect(judgement.tests[0].checkerMessage.hasSuffix("\nwhy"))
        }
    }

    @Test("What does not compile is a compiler error, whatever a static validator would say")
    func compilerError() async throws {
        let folder = try Self.folder()
        let companion = Self.companion(.init(report: .exit(1)))
        let slot = ScriptedSlot(companion: companion) { _ throws(SandboxError) in
            .init(report: .exit(1))
        }
        let judgement = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: Self.problem(folder), on: slot)
        #expect(judgement.verdict == .compilerError && judgement.tests.isEmpty)
        #expect(await companion.calls.allSatisfy { $0.request.boxWritable })
    }

    @Test("A static validator that does not compile is a mistake that no example repeats")
    func notCompiled() async throws {
        let folder = try Self.folder()
        let companion = ScriptedSlot { _ throws(SandboxError) in .init(report: .exit(1)) }
        let found = try await PackageVerifier(languages: [JudgeTests.cpp]).verify(
            Self.problem(folder), on: [Self.slot(companion)])
        #expect(
            found.faults == [
                "the static validator static does not compile: the compiler exited with code 1"
            ])
        #expect(found.submissions.isEmpty)
    }
}
