import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite struct VerifierTests {
    static let languages = [JudgeTests.cpp, JudgeTests.python]

    /// Examples named for what they do; the compiled program is the source's text.
    static func package(
        _ examples: [(name: String, expected: [Verdict], tolerated: [Verdict])],
        timeLimit: Duration? = .seconds(2), version: String = "legacy"
    ) throws -> (JudgeTests.Folder, Problem) {
        var files = ["1.ans": "1", "2.ans": "2"]
        for example in examples { files["\(example.name).cpp"] = example.name }
        let folder = try JudgeTests.Folder(files)
        var problem = JudgeTests.problem(
            folder, tests: ["1", "2"],
            examples: examples.map {
                ExampleSubmission(
                    path: "submissions/x/\($0.name).cpp",
                    files: [
                        PackageFile(name: "\($0.name).cpp", path: "\(folder.path)/\($0.name).cpp")
                    ],
                    expected: $0.expected, tolerated: $0.tolerated)
            })
        problem.timeLimit = timeLimit
        problem.formatVersion = version
        problem.limits.acToTimeLimit = 2
        return (folder, problem)
    }

    static func slot() -> ScriptedSlot {
        ScriptedSlot { call throws(SandboxError) in
            guard let input = call.input else {
                let source = call.box.values.first ?? []
                return .init(report: .exit(0), left: ["main": source])
            }
            let first = input.hasSuffix("1.in")
            switch String(decoding: call.box["main"] ?? [], as: UTF8.self) {
            case "right": return .init(report: .exit(0), stdout: first ? "1" : "2")
            case "slow":
                let used = min(call.request.limits.cpuTime, .milliseconds(700))
                return .init(report: .exit(0, cpu: used), stdout: first ? "1" : "2")
            case "wrong-then-late" where first: return .init(report: .exit(0), stdout: "x")
            case "wrong": return .init(report: .exit(0), stdout: "x")
            case "memory": return .init(report: .ended(.memory))
            case "flood": return .init(report: .ended(.output))
            case "nearly":
                var report = RunReport.exit(0, cpu: .milliseconds(2_100))
                report.wallTime = .milliseconds(2_100)
                return .init(report: report, stdout: first ? "1" : "2")
            default:
                var report = RunReport.ended(.cpuTime)
                report.cpuTime = call.request.limits.cpuTime + .milliseconds(5)
                return .init(report: report)
            }
        }
    }

    @Test("Every example is judged and compared with what its author expects")
    func compares() async throws {
        let (folder, problem) = try Self.package([
            ("right", [.accepted], []), ("wrong", [.wrongAnswer], []), ("late", [.timeLimit], []),
            ("memory", [.runTimeError], []), ("flood", [.wrongAnswer], []),
        ])
        let verification = try await PackageVerifier(languages: Self.languages).verify(
            problem, on: [Self.slot()])
        #expect(verification.ok)
        #expect(verification.timeLimit == .seconds(2))
        #expect(
            verification.submissions.map(\.judgement.verdict) == [
                .accepted, .wrongAnswer, .timeLimit, .memoryLimit, .outputLimit,
            ])
        #expect(verification.submissions.map(\.language) == Array(repeating: "cpp17", count: 5))
        _ = folder
    }

    @Test("An example that does not do what is expected makes the package not ok")
    func finds() async throws {
        let (folder, problem) = try Self.package([
            ("right", [.accepted], []), ("wrong", [.accepted], []),
        ])
        let verification = try await PackageVerifier(languages: Self.languages).verify(
            problem, on: [Self.slot()])
        #expect(!verification.ok)
        #expect(verification.submissions.map(\.ok) == [true, false])
        _ = folder
    }

    @Test("A legacy example may be wrong on one test and too slow on another")
    func tolerated() async throws {
        let (folder, problem) = try Self.package([
            ("wrong-then-late", [.timeLimit], [.wrongAnswer]),
            ("wrong", [.timeLimit], [.wrongAnswer]),
        ])
        let verification = try await PackageVerifier(languages: Self.languages).verify(
            problem, on: [Self.slot()])
        #expect(verification.submissions.map(\.ok) == [true, false])
        #expect(
            verification.submissions[0].judgement.tests.map(\.verdict) == [
                .wrongAnswer, .timeLimit,
            ])
        _ = folder
    }

    @Test("Several slots give the same outcomes in the package's order")
    func severalSlots() async throws {
        let names = (0..<12).map { $0 % 3 == 0 ? "right" : $0 % 3 == 1 ? "wrong" : "late" }
        let expected: [String: [Verdict]] = [
            "right": [.accepted], "wrong": [.wrongAnswer], "late": [.timeLimit],
        ]
        let (folder, problem) = try Self.package(names.map { ($0, expected[$0] ?? [], []) })
        let verifier = PackageVerifier(languages: Self.languages)
        let alone = try await verifier.verify(problem, on: [Self.slot()])
        let together = try await verifier.verify(
            problem, on: [Self.slot(), Self.slot(), Self.slot()])
        #expect(alone == together)
        #expect(alone.ok && alone.submissions.count == 12)
        _ = folder
    }

    @Test("A time limit that is not stated is computed from the accepted examples")
    func computes() async throws {
        let (folder, problem) = try Self.package(
            [
                ("right", [.accepted], []), ("slow", [.accepted], []),
                ("wrong", [.wrongAnswer], []),
                ("late", [.timeLimit], []), ("nearly", [.timeLimit], []),
            ], timeLimit: nil)
        let slot = Self.slot()
        let verification = try await PackageVerifier(languages: Self.languages).verify(
            problem, on: [slot])
        #expect(verification.timeLimit == .seconds(2))
        #expect(verification.ok)
        #expect(
            verification.warnings == [
                "submissions/x/nearly.cpp: used 2.100 s on secret/1, less than the time limit of "
                    + "2.000 s times 1.5"
            ])
        #expect(await slot.calls.contains { $0.request.limits.cpuTime == .seconds(3) })
        _ = folder
    }

    @Test("Without an accepted example that is accepted there is no time limit, and it says so")
    func cannotCompute() async throws {
        let (folder, problem) = try Self.package([("late", [.accepted], [])], timeLimit: nil)
        let verification = try await PackageVerifier(languages: Self.languages).verify(
            problem, on: [Self.slot()])
        #expect(!verification.ok && verification.timeLimit == nil)
        #expect(verification.warnings.count == 1)
        #expect(verification.faults.first?.contains("limits.time_limit") == true)
        _ = folder
    }

    @Test("An example in no language that is here is left out with a warning")
    func unknownLanguage() async throws {
        let (folder, package) = try Self.package([("right", [.accepted], [])])
        let java = try JudgeTests.Folder(["a.java": "class A {}"])
        var problem = package
        problem.examples.append(
            ExampleSubmission(
                path: "submissions/accepted/a.java",
                files: [PackageFile(name: "a.java", path: "\(java.path)/a.java")],
                expected: [.accepted]))
        let verification = try await PackageVerifier(languages: Self.languages).verify(
            problem, on: [Self.slot()])
        #expect(verification.ok && verification.submissions.count == 1)
        #expect(verification.warnings.first?.contains("a.java: not judged") == true)
        _ = (folder, java)
    }

    @Test("An example that could not be submitted is left out with a warning")
    func inadmissible() async throws {
        let (folder, package) = try Self.package([
            ("right", [.accepted], []), ("wrong-then-late", [.wrongAnswer], []),
        ])
        var problem = package
        problem.limits.code = ByteCount(6)
        let verification = try await PackageVerifier(languages: Self.languages).verify(
            problem, on: [Self.slot()])
        #expect(verification.submissions.map(\.path) == ["submissions/x/right.cpp"])
        #expect(verification.warnings.first?.contains("not judged: the source has 15") == true)
        _ = folder
    }

    @Test("A failing sandbox ends the verification with its error")
    func sandboxFails() async throws {
        let (folder, problem) = try Self.package([("right", [.accepted], [])])
        let slot = ScriptedSlot { _ throws(SandboxError) in throw SandboxError("no cgroup") }
        await #expect(throws: JudgingError.machine("no cgroup")) {
            try await PackageVerifier(languages: Self.languages).verify(problem, on: [slot, slot])
        }
        _ = folder
    }

    static let expectations: [([Verdict], [Verdict], [Verdict], Bool)] = [
        ([.accepted], [.accepted], [], true), ([.accepted], [.wrongAnswer], [], false),
        ([.wrongAnswer], [.accepted], [], false),
        ([.accepted, .timeLimit], [.accepted, .timeLimit], [], true),
        ([.memoryLimit], [.runTimeError], [], true), ([.runTimeError], [.memoryLimit], [], false),
        ([.memoryLimit], [.memoryLimit], [], true), ([.memoryLimit], [.timeLimit], [], false),
        ([.outputLimit], [.timeLimit], [], true), ([.outputLimit], [.wrongAnswer], [], true),
        ([.outputLimit], [.runTimeError], [], true), ([.outputLimit], [.outputLimit], [], true),
        ([.outputLimit], [.accepted], [], false), ([.judgeError], [.judgeError], [], false),
        ([.wrongAnswer, .timeLimit], [.wrongAnswer], [], false),
        ([.wrongAnswer, .timeLimit], [.timeLimit], [.wrongAnswer], true),
        ([.wrongAnswer, .judgeError], [.wrongAnswer], [], false),
    ]

    @Test("Verdicts are compared in the package format's words", arguments: 0..<17)
    func expectation(row: Int) {
        let (verdicts, expected, tolerated, met) = Self.expectations[row]
        let tests = verdicts.map { TestResult(name: "secret/1", group: "secret", verdict: $0) }
        let compile = CompileResult(ok: true, cpuTime: .zero, memoryPeak: .zero, output: "")
        let example = ExampleSubmission(
            path: "a", files: [], expected: expected, tolerated: tolerated)
        let judgement = Score.judgement(
            of: tests, in: .passFail(testCount: tests.count), compile: compile)
        #expect(Self.isMet(by: judgement, example) == met)
    }

    static func isMet(by judgement: Judgement, _ example: ExampleSubmission) -> Bool {
        ExpectationRule(data: .passFail(testCount: judgement.tests.count), tests: [])
            .complaints(about: judgement, example).isEmpty
    }

    @Test("In later formats single tests count, whatever the points come to")
    func byTests() {
        let tests = [Verdict.accepted, .wrongAnswer].enumerated().map { index, verdict in
            TestResult(name: "secret/\(index)", group: "secret", verdict: verdict)
        }
        let judgement = Judgement(verdict: .accepted, score: 50, reason: nil, tests: tests)
        func met(_ expected: Verdict, byTests: Bool, below: Double? = nil) -> Bool {
            Self.isMet(
                by: judgement,
                ExampleSubmission(
                    path: "a", files: [], expected: [expected], isJudgedByTests: byTests,
                    scoreBelow: below))
        }
        #expect(met(.wrongAnswer, byTests: true) && !met(.wrongAnswer, byTests: false))
        #expect(!met(.accepted, byTests: true) && met(.accepted, byTests: false))
        #expect(met(.accepted, byTests: false, below: 51))
        #expect(!met(.accepted, byTests: false, below: 50))
    }

    @Test("A compiler error is met by its own word only")
    func compilerError() {
        let judgement = Judgement(verdict: .compilerError, reason: nil)
        func met(_ expected: Verdict) -> Bool {
            Self.isMet(
                by: judgement, ExampleSubmission(path: "a", files: [], expected: [expected]))
        }
        #expect(met(.compilerError) && !met(.runTimeError))
    }
}
