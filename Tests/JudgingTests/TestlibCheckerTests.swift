import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// A Polygon package's checker and files, in a slot that runs nothing.
@Suite struct TestlibCheckerTests {
    private static let languages = [JudgeTests.cpp, cpp20, JudgeTests.python]
    private static var cpp20: Language {
        var language = JudgeTests.cpp
        language.id = "cpp20"
        language.detected = false
        language.compile = ["/usr/bin/g++", "-std=c++20", "-o", "main", "{sources}"]
        return language
    }

    private static func problem(
        _ folder: JudgeTests.Folder, type: LanguageWish? = LanguageWish(stated: "", code: "cpp")
    ) -> Problem {
        var problem = JudgeTests.problem(folder, tests: ["1"])
        problem.formatVersion = "polygon"
        problem.limits.validationTime = .seconds(7)
        problem.limits.validationMemory = .mebibytes(77)
        problem.programs.testlib = TestlibPrograms(
            checker: PackageProgram(
                path: "files/check.cpp",
                files: ["check.cpp", "testlib.h"].map {
                    PackageFile(name: $0, path: "\(folder.path)/\($0)")
                }, language: type))
        return problem
    }

    private static func folder() throws -> JudgeTests.Folder {
        try JudgeTests.Folder([
            "1.in": "in\r\n", "1.ans": "3\r\n", "check.cpp": "#include", "testlib.h": "own",
        ])
    }

    private static func companion(_ code: Int32 = 0, _ stderr: String = "") -> ScriptedSlot {
        ScriptedSlot { call throws(SandboxError) in
            call.request.boxWritable
                ? .init(report: .exit(0), left: ["main": [7]])
                : .init(
                    report: .exit(code), stdout: "points 100\npartially correct (0)",
                    stderr: Array(stderr.utf8))
        }
    }

    private static func slot(
        _ companion: ScriptedSlot, _ report: RunReport = .exit(0), stdout: String = "output",
        left: [String: [UInt8]] = [:]
    ) -> ScriptedSlot {
        ScriptedSlot(companion: companion) { call throws(SandboxError) in
            call.request.arguments[0] != "/box/main"
                ? .init(report: .exit(0), left: ["main": [1]])
                : .init(report: report, stdout: stdout, left: left)
        }
    }

    private func judge(
        _ problem: Problem, on slot: ScriptedSlot
    ) async throws -> Judgement {
        try await Judge(languages: Self.languages).judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: problem, on: slot)
    }

    @Test("A checker is called as testlib wants it: input, output, answer, and nothing else")
    func call() async throws {
        let folder = try Self.folder()
        let companion = Self.companion(0, "ok fine\n")
        let judgement = try await judge(Self.problem(folder), on: Self.slot(companion))
        #expect(judgement.verdict == .accepted)
        #expect(judgement.tests[0].checkerMessage == "ok fine")
        let run = try #require(await companion.calls.last)
        #expect(
            run.request.arguments == [
                "/box/main", "/box/.data/input.txt", "/box/.data/output.txt",
                "/box/.data/answer.txt",
            ])
        // What it reads and what it prints means nothing.
        #expect(run.bytes == [] && run.input == nil)
        #expect(!run.request.boxWritable && run.request.network == .none)
        #expect(run.request.limits.cpuTime == .seconds(7))
        #expect(run.request.limits.memory == .mebibytes(77))
    }

    @Test("Input, output and answer reach the checker byte for byte")
    func bytes() async throws {
        let folder = try Self.folder()
        let companion = Self.companion()
        let output = "\u{FEFF}1\r\n2 \u{0}"
        _ = try await judge(Self.problem(folder), on: Self.slot(companion, stdout: output))
        let run = try #require(await companion.calls.last)
        #expect(run.box[".data/output.txt"] == Array(output.utf8))
        // The host's own files, copied by the helper.
        #expect(run.box[".data/input.txt"] == Array("\(folder.path)/1.in".utf8))
        #expect(run.box[".data/answer.txt"] == Array("\(folder.path)/1.ans".utf8))
    }

    @Test("A checker is compiled with the package's own headers beside it and nothing defined")
    func compiled() async throws {
        let folder = try Self.folder()
        let companion = Self.companion()
        _ = try await judge(Self.problem(folder), on: Self.slot(companion))
        let compilation = try #require(await companion.calls.first)
        #expect(compilation.request.arguments == ["/usr/bin/g++", "-o", "main", "check.cpp"])
        #expect(compilation.box["testlib.h"] == Array("own".utf8))
        // For those who include it like the system's.
        #expect(compilation.request.environment.contains("CPATH=/box"))
        let newer = Self.companion()
        let type = LanguageWish(stated: "cpp.g++20", code: "cpp", id: "cpp20")
        _ = try await judge(Self.problem(folder, type: type), on: Self.slot(newer))
        #expect(await newer.calls.first?.request.arguments[1] == "-std=c++20")
    }

    @Test("A checker in a language that is not here is the package's fault")
    func language() async throws {
        let type = LanguageWish(stated: "pas.dpr", code: "pascal")
        let folder = try Self.folder()
        defer { withExtendedLifetime(folder) {} }
        let judgement = try await judge(
            Self.problem(folder, type: type), on: Self.slot(Self.companion()))
        #expect(judgement.verdict == .judgeError && judgement.reason?.code == .badPackage)
        #expect(
            judgement.reason?.text
                == "the checker files/check.cpp cannot be compiled: it is written in pas.dpr, and no "
                + "language here has the code pascal")
    }

    @Test("More points than a test has are the package's fault")
    func tooManyPoints() async throws {
        let folder = try Self.folder()
        defer { withExtendedLifetime(folder) {} }
        var problem = Self.problem(folder)
        problem.kind.objective = .max
        problem.tests[0].points = 5
        problem.data = TestGroup(
            name: "",
            members: [
                .group(
                    TestGroup(
                        name: "tests", members: [.test(0)],
                        rule: .polygon(
                            PolygonRule(policy: .eachTest, points: nil, testPoints: [5]))))
            ], rule: .total)
        func run(_ text: String) async throws -> Judgement {
            try await judge(problem, on: Self.slot(Self.companion(7, text)))
        }
        #expect(try await run("points 2").score == 2)
        #expect(try await run("points 5").tests[0].verdict == .accepted)
        let wrong = try await run("points 6")
        #expect(wrong.verdict == .judgeError && wrong.reason?.code == .badPackage)
        #expect(wrong.reason?.text.contains("gave 6.0 points to a test that has 5.0") == true)
    }

    // MARK: - Files

    private static func fileProblem(_ folder: JudgeTests.Folder) -> Problem {
        var problem = Self.problem(folder)
        problem.streams.inputFile = "in.txt"
        problem.streams.outputFile = "out.txt"
        problem.allowFileWriting = true
        problem.limits.output = .kibibytes(1)
        return problem
    }

    @Test("Input is a file of the working directory, and the file that is left there is judged")
    func files() async throws {
        let folder = try Self.folder()
        let companion = Self.companion()
        let slot = Self.slot(companion, left: ["out.txt": Array("left".utf8)])
        #expect(try await judge(Self.fileProblem(folder), on: slot).verdict == .accepted)
        let run = try #require(await slot.calls.last)
        #expect(run.input == nil && run.bytes == [])
        #expect(run.box["in.txt"] == Array("\(folder.path)/1.in".utf8))
        #expect(run.request.boxWritable)
        #expect(await companion.calls.last?.box[".data/output.txt"] == Array("left".utf8))
    }

    @Test("A submitted file of the input file's name does not stand in its way")
    func inputName() async throws {
        let folder = try Self.folder()
        let slot = ScriptedSlot(companion: Self.companion()) { call throws(SandboxError) in
            let isCompiler = call.request.arguments.contains("py_compile")
            return .init(
                report: .exit(0), left: isCompiler ? [:] : ["out.txt": Array("left".utf8)])
        }
        let sources = SourceSet(
            files: ["a.py", "in.txt"].map { SourceFile(name: $0, bytes: Array("own".utf8)) })
        let judgement = try await Judge(languages: Self.languages).judge(
            sources, in: JudgeTests.python, problem: Self.fileProblem(folder), on: slot)
        #expect(judgement.verdict == .accepted, "\(judgement.reason?.text ?? "")")
        let box = try #require(await slot.calls.last?.box)
        #expect(box["in.txt"] == Array("\(folder.path)/1.in".utf8))
        #expect(box["a.py"] == Array("own".utf8))
    }

    @Test("No output file is a wrong answer, one that is too long breaks the output limit")
    func badFiles() async throws {
        let folder = try Self.folder()
        defer { withExtendedLifetime(folder) {} }
        let problem = Self.fileProblem(folder)
        let none = try await judge(problem, on: Self.slot(Self.companion(), stdout: "3"))
        #expect(none.verdict == .wrongAnswer && none.reason?.text == "left no file out.txt")
        let long = [UInt8](repeating: 65, count: 1_025)
        let reports: [(RunReport, Verdict)] = [
            (.exit(0), .outputLimit), (.ended(.signaled, signal: 25), .outputLimit),
            (.ended(.cpuTime), .timeLimit), (.exit(1), .runTimeError),
        ]
        for (report, verdict) in reports {
            let slot = Self.slot(Self.companion(), report, left: ["out.txt": long])
            #expect(try await judge(problem, on: slot).verdict == verdict)
        }
        let own = Self.slot(
            Self.companion(), .ended(.signaled, signal: 25), left: ["out.txt": [65]])
        #expect(try await judge(problem, on: own).verdict == .runTimeError)
    }
}
