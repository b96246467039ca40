import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Synchronization
import Testing
import Units

/// A package's own validators, in a slot that runs nothing.
@Suite struct OutputValidatorTests {
    private let judge = Judge(languages: [JudgeTests.cpp, JudgeTests.python])

    /// A package whose validators are made of the folder's files, by path.
    private static func problem(
        _ folder: JudgeTests.Folder, _ validators: [String: [String]], flags: [String] = [],
        version: String = "legacy", tests: [String] = ["1"]
    ) -> Problem {
        var problem = JudgeTests.problem(folder, tests: tests, flags: flags)
        problem.formatVersion = version
        problem.limits.validationTime = .seconds(7)
        problem.limits.validationMemory = .mebibytes(77)
        problem.limits.validationOutput = .mebibytes(2)
        problem.programs.outputValidators = validators.sorted { $0.key < $1.key }.map {
            PackageProgram(
                path: $0.key,
                files: $0.value.map { PackageFile(name: $0, path: "\(folder.path)/\($0)") })
        }
        return problem
    }

    /// A companion that compiles everything, and answers with `code` and `left` in the feedback folder.
    private static func companion(
        _ code: Int32 = 42, left: [String: String] = [:], stderr: String = ""
    ) -> ScriptedSlot {
        ScriptedSlot { call throws(SandboxError) in
            if call.request.boxWritable {
                return .init(report: .exit(0), left: ["main": [7], "run": [8]])
            }
            if call.request.arguments[0] == "tar" {
                return .init(report: .exit(0), stdout: "packed")
            }
            return .init(
                report: .exit(code), stderr: Array(stderr.utf8),
                left: [String: [UInt8]](
                    uniqueKeysWithValues: left.map { (".feedback/" + $0, Array($1.utf8)) }))
        }
    }

    private static func slot(_ companion: ScriptedSlot) -> ScriptedSlot {
        ScriptedSlot(companion: companion) { call throws(SandboxError) in
            call.request.boxWritable
                ? .init(report: .exit(0), left: ["main": [1]])
                : .init(report: .exit(0), stdout: "output")
        }
    }

    @Test("A validator is called as the format says, in a box that the submission never sees")
    func call() async throws {
        let folder = try JudgeTests.Folder(["1.in": "in", "1.ans": "3\n", "check.cpp": "int"])
        let companion = Self.companion()
        let slot = Self.slot(companion)
        let problem = Self.problem(
            folder, ["output_validators/check": ["check.cpp"]], flags: ["a b", "c"])
        let judgement = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: problem, on: slot)
        #expect(judgement.verdict == .accepted)

        let calls = await companion.calls
        #expect(calls.count == 2)
        #expect(calls[0].request.arguments == ["/usr/bin/g++", "-o", "main", "check.cpp"])
        let run = calls[1]
        #expect(
            run.request.arguments == [
                "/box/main", "/box/.data/1.in", "/box/.data/1.ans", "/box/.feedback/", "a b", "c",
            ])
        #expect(run.bytes == Array("output".utf8))
        #expect(run.box["main"] == [7] && run.executables == ["main"])
        #expect(run.box[".data/1.in"] == Array("\(folder.path)/1.in".utf8))
        #expect(run.box[".data/1.ans"] == Array("\(folder.path)/1.ans".utf8))
        #expect(!run.request.boxWritable && run.request.network == .none)
        #expect(run.request.workingDirectory == "/box")
        #expect(run.request.limits.cpuTime == .seconds(7))
        #expect(run.request.limits.memory == .mebibytes(77))
        #expect(run.request.limits.output == .mebibytes(2))
        // A page more than allowed, so that too much shows, and one for the name.
        #expect(await companion.folders[".feedback"] == ByteCount((2 << 20) + 4_096))
        for call in await slot.calls {
            #expect(call.box.keys.allSatisfy { ["main", "a.cpp"].contains($0) })
        }
    }

    @Test("From 2023-07 on a validator starts where the submitted files are")
    func workingDirectory() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": "", "check.py": "pass"])
        let companion = Self.companion()
        let problem = Self.problem(
            folder, ["output_validator": ["check.py"]], version: "2025-09")
        _ = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: problem, on: Self.slot(companion))
        let run = try #require(await companion.calls.last)
        #expect(run.request.workingDirectory == "/box/.submission")
        #expect(run.box[".submission/a.cpp"] == Array("int".utf8))
        #expect(
            run.request.arguments.prefix(4) == ["/usr/bin/python3", "-X", "m=77", "/box/check.py"])
    }

    @Test("A validator is compiled once, whatever is judged by it after")
    func compiledOnce() async throws {
        let folder = try JudgeTests.Folder([
            "1.in": "", "1.ans": "", "2.in": "", "2.ans": "", "check.cpp": "int",
        ])
        let companion = Self.companion()
        let slot = Self.slot(companion)
        let judge = Judge(languages: [JudgeTests.cpp])
        let problem = Self.problem(folder, ["v": ["check.cpp"]], tests: ["1", "2"])
        for _ in 1...3 {
            _ = try await judge.judge(
                JudgeTests.source, in: JudgeTests.cpp, problem: problem, on: slot)
        }
        let calls = await companion.calls
        #expect(calls.count { $0.request.boxWritable } == 1)
        #expect(calls.count == 7)
        // Filled once per judging, and once to compile.
        #expect(await companion.resets == 4)
        let other = Judge(languages: [JudgeTests.cpp])
        _ = try await other.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: problem, on: slot)
        #expect(await companion.calls.count { $0.request.boxWritable } == 2)
    }

    @Test("Two judgings that need one validator at the same time compile it once")
    func compiledTogether() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": "", "check.cpp": "int"])
        let companions = (0..<4).map { _ in Self.companion() }
        let problem = Self.problem(folder, ["v": ["check.cpp"]])
        let judge = Judge(languages: [JudgeTests.cpp])
        try await withThrowingTaskGroup(of: Verdict.self) { group in
            for companion in companions {
                group.addTask {
                    try await judge.judge(
                        JudgeTests.source, in: JudgeTests.cpp, problem: problem,
                        on: Self.slot(companion)
                    ).verdict
                }
            }
            for try await verdict in group { #expect(verdict == .accepted) }
        }
        var compilations = 0
        for companion in companions {
            compilations += await companion.calls.count { $0.request.boxWritable }
        }
        #expect(compilations == 1)
    }

    @Test("A failure of the machine while compiling leaves nothing, and the next one compiles")
    func failedCompilation() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": "", "check.cpp": "int"])
        let problem = Self.problem(folder, ["v": ["check.cpp"]])
        let judge = Judge(languages: [JudgeTests.cpp])
        let broken = ScriptedSlot { _ throws(SandboxError) in throw SandboxError("no helper") }
        await #expect(throws: JudgingError.machine("no helper")) {
            try await judge.judge(
                JudgeTests.source, in: JudgeTests.cpp, problem: problem, on: Self.slot(broken))
        }
        let judgement = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: problem,
            on: Self.slot(Self.companion()))
        #expect(judgement.verdict == .accepted)
    }

    @Test("What the validator writes is kept: for judges, and for the submitter")
    func messages() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": "", "v.cpp": ""])
        let problem = Self.problem(folder, ["v": ["v.cpp"]])
        for (code, verdict) in [(Int32(42), Verdict.accepted), (43, .wrongAnswer)] {
            let companion = Self.companion(
                code,
                left: ["judgemessage.txt": " seen\u{1B}[2J\0\n", "teammessage.txt": "think again"])
            let test = try #require(
                try await judge.judge(
                    JudgeTests.source, in: JudgeTests.cpp, problem: problem,
                    on: Self.slot(companion)
                ).tests.first)
            #expect(test.verdict == verdict)
            #expect(test.checkerMessage == "seen\u{FFFD}[2J\u{FFFD}")
            #expect(test.teamMessage == "think again")
        }
    }

    @Test("A validator that fails is a judge error with its own words, and no retry mends it")
    func failure() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": "", "v.cpp": ""])
        let companion = Self.companion(
            1, left: ["judgemessage.txt": "so far", "teammessage.txt": "secret"],
            stderr: "assertion failed")
        let judgement = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: Self.problem(folder, ["v": ["v.cpp"]]),
            on: Self.slot(companion))
        #expect(judgement.verdict == .judgeError)
        #expect(judgement.reason?.code == .checkerCrashed)
        let test = try #require(judgement.tests.first)
        #expect(
            test.checkerMessage
                == "the output validator v exited with code 1, which is neither 42 nor 43\n"
                + "so far\nassertion failed")
        #expect(test.teamMessage.isEmpty)
    }

    @Test("Of several validators all must accept, each with a box and a feedback folder of its own")
    func several() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": "", "a.py": "a", "b.py": "b"])
        let problem = Self.problem(folder, ["a": ["a.py"], "b": ["b.py"]])
        let companion = ScriptedSlot { call throws(SandboxError) in
            if call.request.boxWritable { return .init(report: .exit(0)) }
            #expect(call.box.keys.allSatisfy { !$0.hasPrefix(".feedback/") })
            let isFirst = call.box["a.py"] != nil
            #expect(isFirst != (call.box["b.py"] != nil))
            return .init(
                report: .exit(isFirst ? 42 : 43),
                left: [".feedback/judgemessage.txt": Array((isFirst ? "fine" : "bad").utf8)])
        }
        let judgement = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: problem, on: Self.slot(companion))
        #expect(judgement.verdict == .wrongAnswer)
        #expect(judgement.tests.first?.checkerMessage == "fine\nbad")
        #expect(judgement.reason?.text == "bad")
    }

    @Test("A build script makes the program run, which is packed and unpacked in the sandbox")
    func scripts() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": "", "build": "#!"])
        let companion = Self.companion()
        let judgement = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: Self.problem(folder, ["v": ["build"]]),
            on: Self.slot(companion))
        #expect(judgement.verdict == .accepted)
        let calls = await companion.calls
        #expect(
            calls.map { $0.request.arguments[0] } == ["/box/build", "tar", "tar", "/box/run"])
        #expect(calls[0].request.boxWritable && calls[0].executables == ["build"])
        #expect(!calls[1].request.boxWritable && calls[2].request.boxWritable)
        #expect(calls[2].bytes == Array("packed".utf8))
        #expect(calls[2].box.keys.allSatisfy { $0.hasPrefix(".submission/") })
    }

    @Test("A validator that cannot be made is a judge error with its compiler's words")
    func notCompiled() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": "", "v.cpp": "", "build": ""])
        let companion = ScriptedSlot { _ throws(SandboxError) in
            .init(report: .exit(1), stderr: Array("v.cpp: In f\nv.cpp:3: error: what\n".utf8))
        }
        for (file, words) in [
            ("v.cpp", "does not compile: the compiler exited with code 1: v.cpp:3: error: what"),
            (
                "build",
                "does not build: its script build exited with code 1: v.cpp:3: error: what"
            ),
        ] {
            let slot = Self.slot(companion)
            let judgement = try await judge.judge(
                JudgeTests.source, in: JudgeTests.cpp,
                problem: Self.problem(folder, ["v": [file]]), on: slot)
            #expect(judgement.verdict == .judgeError)
            #expect(judgement.reason == Reason(.badPackage, "the output validator v \(words)"))
            #expect(judgement.tests.isEmpty)
            #expect(await slot.calls.isEmpty)
        }
        let unknown = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: Self.problem(folder, ["v": ["1.in"]]),
            on: Self.slot(companion))
        #expect(unknown.verdict == .judgeError && unknown.reason?.code == .badPackage)
    }

    @Test(
        "A validator that does not compile is compiled twice and no more, since the machine may be to blame"
    )
    func toldTwice() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": "", "v.cpp": "", "build": ""])
        for (file, compiled) in [("v.cpp", 2), ("build", 2)] {
            let companion = ScriptedSlot { _ throws(SandboxError) in
                .init(report: .exit(1), stderr: Array("v.cpp:3: error: what\n".utf8))
            }
            let judge = Judge(languages: [JudgeTests.cpp])
            var reasons: Set<String> = []
            for _ in 1...4 {
                let judgement = try await judge.judge(
                    JudgeTests.source, in: JudgeTests.cpp,
                    problem: Self.problem(folder, ["v": [file]]), on: Self.slot(companion))
                #expect(judgement.verdict == .judgeError)
                reasons.insert(judgement.reason?.text ?? "")
            }
            #expect(reasons.count == 1 && reasons.first?.hasSuffix("v.cpp:3: error: what") == true)
            #expect(await companion.calls.count == compiled)
        }
    }

    @Test("A validator that did not compile once, and then does, is used")
    func healed() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": "3\n", "v.cpp": ""])
        let failures = Mutex(1)
        let companion = ScriptedSlot { call throws(SandboxError) in
            guard call.request.arguments.first != "/box/main" else {
                return .init(report: .exit(42))
            }
            let fails = failures.withLock { left in
                left -= 1
                return left >= 0
            }
            return fails
                ? .init(report: .exit(1), stderr: Array("killed".utf8))
                : .init(report: .exit(0), left: ["main": [1]])
        }
        let judge = Judge(languages: [JudgeTests.cpp])
        var verdicts: [Verdict] = []
        for _ in 1...3 {
            verdicts.append(
                try await judge.judge(
                    JudgeTests.source, in: JudgeTests.cpp,
                    problem: Self.problem(folder, ["v": ["v.cpp"]]), on: Self.slot(companion)
                ).verdict)
        }
        #expect(verdicts == [.judgeError, .accepted, .accepted])
    }

    @Test(
        "A compiler that a limit stopped is asked again: a busy machine is no verdict on a package")
    func askedAgain() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": "3\n", "v.cpp": ""])
        for outcome in [RunOutcome.cpuTime, .wallTime, .memory] {
            let companion = ScriptedSlot { _ throws(SandboxError) in
                .init(report: .ended(outcome))
            }
            let judge = Judge(languages: [JudgeTests.cpp])
            for _ in 1...2 {
                let judgement = try await judge.judge(
                    JudgeTests.source, in: JudgeTests.cpp,
                    problem: Self.problem(folder, ["v": ["v.cpp"]]), on: Self.slot(companion))
                #expect(judgement.reason?.text.contains("does not compile: ") == true)
            }
            #expect(await companion.calls.count == 2, "\(outcome)")
        }
    }

    @Test("A validator is not asked about a run that failed by itself")
    func notAsked() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": "", "v.cpp": ""])
        let companion = Self.companion(1)
        let slot = ScriptedSlot(companion: companion) { call throws(SandboxError) in
            call.request.boxWritable
                ? .init(report: .exit(0), left: ["main": [1]]) : .init(report: .exit(3))
        }
        let judgement = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: Self.problem(folder, ["v": ["v.cpp"]]),
            on: slot)
        #expect(judgement.verdict == .runTimeError)
        #expect(await companion.calls.count == 1)
    }

    @Test("The package's score file makes the score where validation says so")
    func score() async throws {
        let folder = try JudgeTests.Folder(["1.in": "", "1.ans": "", "v.cpp": ""])
        var problem = Self.problem(folder, ["v": ["v.cpp"]])
        problem.kind.objective = .max
        problem.kind.validatorScores = true
        func judgement(_ left: [String: String], _ code: Int32 = 42) async throws -> Judgement {
            try await judge.judge(
                JudgeTests.source, in: JudgeTests.cpp, problem: problem,
                on: Self.slot(Self.companion(code, left: left)))
        }
        #expect(try await judgement(["score.txt": "12.5\n"]).score == 12.5)
        #expect(try await judgement(["score.txt": "12.5\n"], 43).verdict == .wrongAnswer)
        for left in [[:], ["score.txt": "many"]] {
            let broken = try await judgement(left)
            #expect(broken.verdict == .judgeError && broken.reason?.code == .checkerCrashed)
        }
    }
}
