import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// A package's own grader, in a slot that runs nothing.
@Suite struct GraderTests {
    private let judge = Judge(languages: [JudgeTests.cpp])

    /// Two groups of two tests each, graded by the package's own grader with the group's name as flag.
    static func problem(_ folder: JudgeTests.Folder, breaks: Bool = false) -> Problem {
        var problem = JudgeTests.problem(folder, tests: ["1", "2", "3", "4"])
        func group(_ name: String, _ members: [TestGroup.Member]) -> TestGroup {
            var rule = LegacyRule()
            rule.breaksOnReject = breaks
            rule.ownGraderFlags = ["--group", name]
            return TestGroup(name: name, members: members, rule: .legacy(rule))
        }
        let first = group("secret/a", [.test(0), .test(1)])
        let second = group("secret/b", [.test(2), .test(3)])
        problem.data = group("", [.group(group("secret", [.group(first), .group(second)]))])
        problem.kind.objective = .max
        problem.limits.validationTime = .seconds(7)
        problem.limits.validationMemory = .mebibytes(77)
        problem.programs.grader = PackageProgram(
            path: "graders/g.cpp",
            files: [PackageFile(name: "g.cpp", path: "\(folder.path)/g.cpp")])
        return problem
    }

    static func folder() throws -> JudgeTests.Folder {
        try JudgeTests.Folder([
            "1.ans": "x", "2.ans": "x", "3.ans": "x", "4.ans": "x", "g.cpp": "int g;",
        ])
    }

    /// A companion that compiles the grader and answers for it by its input.
    static func companion(
        _ answer: @escaping @Sendable (String) -> ScriptedSlot.Answer
    ) -> ScriptedSlot {
        ScriptedSlot { call throws(SandboxError) in
            if call.request.boxWritable { return .init(report: .exit(0), left: ["main": [7]]) }
            return answer(String(decoding: call.bytes, as: UTF8.self))
        }
    }

    static func slot(
        _ outputs: [String: String], _ companion: ScriptedSlot
    ) -> ScriptedSlot {
        ScriptedSlot(companion: companion) { call throws(SandboxError) in
            guard let input = call.input else {
                return .init(report: .exit(0), left: ["main": [1]])
            }
            let name = input.split(separator: "/").last.map(String.init) ?? ""
            if outputs[name] == nil { return .init(report: .ended(.memory)) }
            return .init(report: .exit(0), stdout: outputs[name] ?? "")
        }
    }

    @Test(
        "A grader reads a line for each member and says one for the group, in a box of its own",
        arguments: [false, true])
    func asked(allTests: Bool) async throws {
        let folder = try Self.folder()
        let companion = Self.companion { input in
            .init(report: .exit(0), stdout: input.hasPrefix("AC 1.0\nAC") ? "AC 30\n" : "AC 2.5e0")
        }
        let judgement = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: Self.problem(folder),
            allTests: allTests,
            on: Self.slot(["1.in": "x", "2.in": "x", "3.in": "y"], companion))
        #expect(judgement.verdict == .accepted && judgement.score == 2.5)
        #expect(
            judgement.tests.map(\.verdict) == [.accepted, .accepted, .wrongAnswer, .memoryLimit])
        let calls = await companion.calls
        #expect(calls.count == 5)
        #expect(
            calls.dropFirst().map { String(decoding: $0.bytes, as: UTF8.self) } == [
                "AC 1.0\nAC 1.0\n", "WA 0.0\nRTE 0.0\n", "AC 30.0\nAC 2.5\n", "AC 2.5\n",
            ])
        #expect(
            calls.map { $0.request.arguments.last } == [
                "g.cpp", "secret/a", "secret/b", "secret", "",
            ])
        let call = calls[1]
        #expect(call.request.arguments == ["/box/main", "--group", "secret/a"])
        #expect(call.box == ["main": [7]] && call.executables == ["main"])
        #expect(!call.request.boxWritable && call.request.network == .none)
        #expect(call.request.limits.cpuTime == .seconds(7))
        #expect(call.request.limits.memory == .mebibytes(77))
    }

    @Test("What the grader says of a group decides what is judged after it")
    func breaks() async throws {
        let folder = try Self.folder()
        let companion = Self.companion { _ in .init(report: .exit(0), stdout: "RTE 17\n") }
        let judgement = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: Self.problem(folder, breaks: true),
            on: Self.slot(["1.in": "x"], companion))
        // RTE is the grader's word for a broken memory limit too.
        #expect(judgement.verdict == .memoryLimit && judgement.score == 0)
        #expect(judgement.tests.map(\.name) == ["secret/1", "secret/2"])
        #expect(judgement.reason?.code == .memoryLimit)
    }

    static let failures: [(report: RunReport, stdout: String, words: String)] = [
        (.exit(1), "AC 1", "exited with code 1, which is not 0: why; AC 1"),
        (.exit(42), "AC 1", "exited with code 42, which is not 0"),
        (.ended(.signaled, signal: 11), "AC 1", "was ended by signal 11"),
        (.ended(.cpuTime), "AC 1", " of 7.000 s: why"),
        (.ended(.wallTime), "AC 1", " of CPU time: why; AC 1"),
        (.ended(.memory), "AC 1", "was stopped: "),
        (.ended(.output), "AC 1", "stopped by the output limit"),
        (.exit(0), "", "printed what is not AC, WA, TLE or RTE with a number: why"),
        (.exit(0), "AC", "printed what is not "), (.exit(0), "AC 1 2", "printed what is not "),
        (.exit(0), "AC 1\nAC 1", "printed what is not "),
        (.exit(0), "JE 1", "printed what is not "),
        (.exit(0), "ac 1", "printed what is not "), (.exit(0), "AC nan", "printed what is not "),
        (.exit(0), "AC 0x1", "printed what is not "), (.exit(0), "AC inf", "printed what is not "),
    ]

    @Test("Whatever else a grader does is a judge error with its words", arguments: 0..<16)
    func failure(row: Int) async throws {
        let (report, stdout, words) = Self.failures[row]
        let folder = try Self.folder()
        let companion = Self.companion { _ in
            .init(report: report, stdout: stdout, stderr: Array("why\n".utf8))
        }
        let judgement = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: Self.problem(folder),
            on: Self.slot(["1.in": "x", "2.in": "x"], companion))
        #expect(judgement.verdict == .judgeError && judgement.score == nil)
        #expect(judgement.reason?.code == .graderCrashed)
        let text = judgement.reason?.text ?? ""
        #expect(text.hasPrefix("the grader graders/g.cpp, asked about data/secret/a, "), "\(text)")
        #expect(text.contains(words), "\(text)")
        #expect(judgement.tests.map(\.name) == ["secret/1", "secret/2"])
    }

    @Test("A grader that does not compile is a judge error that no example repeats")
    func notCompiled() async throws {
        let folder = try Self.folder()
        let companion = ScriptedSlot { _ throws(SandboxError) in
            .init(report: .exit(1), stderr: Array("g.cpp:1: error: what\n".utf8))
        }
        let slot = Self.slot([:], companion)
        let problem = Self.problem(folder)
        let why =
            "the grader graders/g.cpp does not compile: the compiler exited with code 1: "
            + "g.cpp:1: error: what"
        let judgement = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: problem, on: slot)
        #expect(judgement.reason == Reason(.badPackage, why))
        let found = try await PackageVerifier(languages: [JudgeTests.cpp]).verify(
            problem, on: [slot])
        #expect(found.faults == [why] && found.submissions.isEmpty)
        #expect(await slot.calls.isEmpty)
    }

    @Test("A validator that shares the grader's box is put there again before the next test")
    func sharedBox() async throws {
        let folder = try JudgeTests.Folder([
            "1.in": "", "1.ans": "", "2.in": "", "2.ans": "", "3.in": "", "3.ans": "", "4.in": "",
            "4.ans": "", "g.cpp": "int g;", "v.cpp": "int v;",
        ])
        var problem = Self.problem(folder)
        problem.programs.outputValidators = [
            PackageProgram(
                path: "output_validators/v",
                files: [PackageFile(name: "v.cpp", path: "\(folder.path)/v.cpp")])
        ]
        let companion = ScriptedSlot { call throws(SandboxError) in
            if call.request.boxWritable {
                return .init(report: .exit(0), left: ["main": call.box.values.first ?? []])
            }
            let isGrader = call.box["main"] == Array("int g;".utf8)
            let isAsked = call.request.arguments.contains("--group")
            guard isGrader == isAsked else { return .init(report: .exit(9)) }
            return isGrader
                ? .init(report: .exit(0), stdout: "AC 1") : .init(report: .exit(42))
        }
        let outputs = ["1.in": "x", "2.in": "x", "3.in": "x", "4.in": "x"]
        let judgement = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: problem,
            on: Self.slot(outputs, companion))
        #expect(judgement.verdict == .accepted && judgement.tests.count == 4, "\(judgement)")
    }
}
