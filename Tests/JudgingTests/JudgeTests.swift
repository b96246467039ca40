import Foundation
import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite struct JudgeTests {
    static let cpp = Language(
        id: "cpp17", name: "C++17", code: "cpp", endings: [".cpp", ".cc"], detected: true,
        compile: ["/usr/bin/g++", "-o", "main", "{sources}"], products: ["main"],
        run: ["/box/main"], processes: 7)
    static let python = Language(
        id: "python3", name: "Python 3", code: "python3", endings: [".py"], detected: true,
        compile: ["/usr/bin/python3", "-m", "py_compile", "{sources}"], products: ["{sources}"],
        run: ["/usr/bin/python3", "-X", "m={memory_mib}", "{entry}"],
        environment: ["PYTHONHASHSEED=0"])

    static let source = SourceSet(files: [SourceFile(name: "a.cpp", bytes: Array("int".utf8))])

    /// Answers written to a directory that is removed with the value.
    final class Folder: Sendable {
        let path: String
        init(_ files: [String: String]) throws {
            let url = FileManager.default.temporaryDirectory
                .appendingPathComponent("judging-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            for (name, text) in files {
                try Data(text.utf8).write(to: url.appendingPathComponent(name))
            }
            path = url.path
        }
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    static func problem(
        _ folder: Folder, tests: [String], flags: [String] = [],
        examples: [ExampleSubmission] = []
    ) -> Problem {
        var limits = ProblemLimits()
        limits.memory = .mebibytes(256)
        return Problem(
            id: "aplusb", name: "A+B", formatVersion: "legacy", directory: folder.path,
            timeLimit: .seconds(2), limits: limits, languages: nil,
            tests: tests.map {
                TestCase(
                    name: "secret/\($0)", group: "secret", inputPath: "\(folder.path)/\($0).in",
                    answerPath: "\(folder.path)/\($0).ans", validatorFlags: flags)
            }, examples: examples, warnings: [])
    }

    /// A slot that compiles everything and prints `outputs` by the input's name.
    static func slot(
        _ outputs: [String: String], report: RunReport = .exit(0)
    ) -> ScriptedSlot {
        ScriptedSlot { call throws(SandboxError) in
            guard let input = call.input else {
                return .init(report: .exit(0), left: ["main": [1, 2, 3], "evil": [9]])
            }
            let name = input.split(separator: "/").last.map(String.init) ?? ""
            return .init(report: report, stdout: outputs[name] ?? "")
        }
    }

    @Test("A right program is accepted: compiled once, run once per test, products only in its box")
    func accepted() async throws {
        let folder = try Folder(["1.ans": "3\n", "2.ans": "5\n"])
        let slot = Self.slot(["1.in": "3", "2.in": "5"])
        let judgement = try await Judge().judge(
            Self.source, in: Self.cpp, problem: Self.problem(folder, tests: ["1", "2"]), on: slot)
        #expect(judgement.verdict == .accepted)
        #expect(judgement.reason == nil)
        #expect(judgement.tests.map(\.name) == ["secret/1", "secret/2"])
        #expect(judgement.cpuTime == .milliseconds(1))
        #expect(judgement.memoryPeak == .mebibytes(1))
        #expect(judgement.compile?.ok == true)

        let calls = await slot.calls
        #expect(calls.count == 3)
        #expect(calls[0].request.arguments == ["/usr/bin/g++", "-o", "main", "a.cpp"])
        #expect(calls[0].request.boxWritable)
        #expect(calls[0].request.limits.cpuTime == .seconds(60))
        #expect(calls[0].request.limits.wallTime == .seconds(120))
        #expect(calls[0].request.limits.processes == 64)
        #expect(calls[0].box.keys.sorted() == ["a.cpp"])
        #expect(calls[1].box == ["main": [1, 2, 3]])
        #expect(calls[1].executables == ["main"])
        #expect(!calls[1].request.boxWritable)
        // Where a run is not near the time limit any more.
        #expect(calls[1].request.limits.cpuTime == .milliseconds(2_100))
        #expect(calls[1].request.limits.wallTime == .seconds(6))
        #expect(calls[1].request.limits.memory == .mebibytes(256))
        #expect(calls[1].request.limits.stack == .mebibytes(256))
        #expect(calls[1].request.limits.output == .mebibytes(8))
        #expect(calls[1].request.limits.processes == 7)
        #expect(calls[1].request.environment.contains("LANG=C.UTF-8"))
        #expect(await slot.resets == 2)
    }

    @Test("Tests that are equal are each judged: no result is taken from another")
    func equalTests() async throws {
        let folder = try Folder(["1.ans": "3\n"])
        var problem = Self.problem(folder, tests: ["1", "1"])
        problem.tests[1].name = "secret/2"
        let slot = Self.slot(["1.in": "3"])
        let judgement = try await Judge().judge(
            Self.source, in: Self.cpp, problem: problem, on: slot)
        #expect(judgement.tests.map(\.name) == ["secret/1", "secret/2"])
        #expect(await slot.calls.count == 3)
    }

    @Test("Compiler and program get the classes of system calls that their language asks for")
    func extraSyscalls() async throws {
        let folder = try Folder(["1.ans": "1"])
        var language = Self.cpp
        language.syscalls = ["numa", "disk-space"]
        let cases: [(Language, Set<ExtraSyscalls>)] = [
            (Self.cpp, []), (language, [.numa, .diskSpace]),
        ]
        for (language, expected) in cases {
            let slot = Self.slot(["1.in": "1"])
            _ = try await Judge().judge(
                Self.source, in: language, problem: Self.problem(folder, tests: ["1"]), on: slot)
            #expect(await slot.calls.map(\.request.extraSyscalls) == [expected, expected])
        }
    }

    @Test("Judging ends at the first test that is not accepted, unless all are wanted")
    func firstFailure() async throws {
        let folder = try Folder(["1.ans": "1", "2.ans": "2", "3.ans": "3"])
        let problem = Self.problem(folder, tests: ["1", "2", "3"])
        let outputs = ["1.in": "1", "2.in": "x", "3.in": "3"]
        let few = try await Judge().judge(
            Self.source, in: Self.cpp, problem: problem, on: Self.slot(outputs))
        #expect(few.verdict == .wrongAnswer)
        #expect(few.tests.map(\.verdict) == [.accepted, .wrongAnswer])
        #expect(few.reason?.text == few.tests[1].checkerMessage)
        let all = try await Judge().judge(
            Self.source, in: Self.cpp, problem: problem, allTests: true, on: Self.slot(outputs))
        #expect(all.tests.map(\.verdict) == [.accepted, .wrongAnswer, .accepted])
        #expect(all.verdict == .wrongAnswer)
    }

    @Test("Progress counts tests done of tests in all")
    func progress() async throws {
        let folder = try Folder(["1.ans": "1", "2.ans": "2"])
        let (stream, report) = AsyncStream.makeStream(of: [Int].self)
        _ = try await Judge().judge(
            Self.source, in: Self.cpp, problem: Self.problem(folder, tests: ["1", "2"]),
            on: Self.slot(["1.in": "1", "2.in": "2"]),
            progress: { report.yield([$0, $1]) })
        report.finish()
        #expect(await stream.reduce(into: []) { $0.append($1) } == [[0, 2], [1, 2], [2, 2]])
    }

    @Test("An interpreted language keeps its sources and fills in entry point and memory")
    func interpreted() async throws {
        let folder = try Folder(["1.ans": "1"])
        let sources = SourceSet(files: [
            SourceFile(name: "util.py", bytes: [1]), SourceFile(name: "main.py", bytes: [2]),
            SourceFile(name: "notes.txt", bytes: [3]),
        ])
        let slot = Self.slot(["1.in": "1"])
        _ = try await Judge().judge(
            sources, in: Self.python, problem: Self.problem(folder, tests: ["1"]), on: slot)
        let calls = await slot.calls
        #expect(calls[0].request.arguments.suffix(2) == ["main.py", "util.py"])
        #expect(calls[1].request.arguments == ["/usr/bin/python3", "-X", "m=256", "main.py"])
        #expect(calls[1].request.environment.last == "PYTHONHASHSEED=0")
        #expect(calls[1].box == ["util.py": [1], "main.py": [2], "notes.txt": [3]])
        #expect(calls[1].executables.isEmpty)
        var chosen = sources
        chosen.entryPoint = "util.py"
        let other = Self.slot(["1.in": "1"])
        _ = try await Judge().judge(
            chosen, in: Self.python, problem: Self.problem(folder, tests: ["1"]), on: other)
        #expect(await other.calls[1].request.arguments.last == "util.py")
    }

    @Test("A language without a compile step runs its sources as they are")
    func uncompiled() async throws {
        let folder = try Folder(["1.ans": "1"])
        var language = Self.python
        language.compile = []
        let slot = Self.slot(["1.in": "1"])
        let judgement = try await Judge().judge(
            SourceSet(files: [SourceFile(name: "x.py", bytes: [1])]), in: language,
            problem: Self.problem(folder, tests: ["1"]), on: slot)
        #expect(judgement.verdict == .accepted)
        #expect(await slot.calls.count == 1)
    }

    @Test("Wrong validator flags are a judge error before anything runs")
    func badFlags() async throws {
        let folder = try Folder(["1.ans": "1"])
        let slot = Self.slot([:])
        let judgement = try await Judge().judge(
            Self.source, in: Self.cpp,
            problem: Self.problem(folder, tests: ["1"], flags: ["no_such_flag"]), on: slot)
        #expect(judgement.verdict == .judgeError)
        #expect(judgement.reason?.code == .badPackage)
        #expect(judgement.reason?.text.contains("no_such_flag") == true)
        #expect(await slot.calls.isEmpty)
    }

    @Test("A problem without a time limit is a judge error that says how to get one")
    func noTimeLimit() async throws {
        let folder = try Folder(["1.ans": "1"])
        var problem = Self.problem(folder, tests: ["1"])
        problem.timeLimit = nil
        let judgement = try await Judge().judge(
            Self.source, in: Self.cpp, problem: problem, on: Self.slot([:]))
        #expect(judgement.verdict == .judgeError)
        #expect(judgement.reason?.text.contains("limits.time_limit") == true)
    }

    @Test("A sandbox that fails is thrown, not judged")
    func sandboxFails() async throws {
        let folder = try Folder(["1.ans": "1"])
        let slot = ScriptedSlot { call throws(SandboxError) in
            if call.input != nil { throw SandboxError("the helper is gone") }
            return .init(report: .exit(0), left: ["main": [1]])
        }
        await #expect(throws: JudgingError.machine("the helper is gone")) {
            try await Judge().judge(
                Self.source, in: Self.cpp, problem: Self.problem(folder, tests: ["1"]), on: slot)
        }
    }

    @Test("An answer file that is gone is the machine's failure, not a wrong answer")
    func missingAnswer() async throws {
        let folder = try Folder([:])
        await #expect(throws: JudgingError.self) {
            try await Judge().judge(
                Self.source, in: Self.cpp, problem: Self.problem(folder, tests: ["1"]),
                on: Self.slot(["1.in": "1"]))
        }
    }

    @Test("A cancelled task ends the judging between two tests")
    func cancellation() async throws {
        let folder = try Folder(["1.ans": "1", "2.ans": "2"])
        let slot = ScriptedSlot { call throws(SandboxError) in
            guard call.input != nil else { return .init(report: .exit(0), left: ["main": [1]]) }
            withUnsafeCurrentTask { $0?.cancel() }
            return .init(report: .exit(0), stdout: "1")
        }
        let problem = Self.problem(folder, tests: ["1", "2"])
        let task = Task { () async -> JudgingError? in
            do throws(JudgingError) {
                _ = try await Judge().judge(Self.source, in: Self.cpp, problem: problem, on: slot)
                return nil
            } catch {
                return error
            }
        }
        #expect(await task.value == .cancelled)
        #expect(await slot.calls.count == 2)
    }

    @Test("A package that lets programs write files gets a fresh writable box for every test")
    func fileWriting() async throws {
        let folder = try Folder(["1.ans": "1", "2.ans": "2"])
        var problem = Self.problem(folder, tests: ["1", "2"])
        problem.allowFileWriting = true
        let slot = ScriptedSlot { call throws(SandboxError) in
            guard let input = call.input else {
                return .init(report: .exit(0), left: ["main": [1]])
            }
            let name = input.hasSuffix("1.in") ? "1" : "2"
            return .init(report: .exit(0), stdout: name, left: ["scratch": [7]])
        }
        let judgement = try await Judge().judge(
            Self.source, in: Self.cpp, problem: problem, on: slot)
        #expect(judgement.verdict == .accepted)
        for call in await slot.calls.dropFirst() {
            #expect(call.request.boxWritable)
            #expect(call.box == ["main": [1]])
        }
    }

    @Test("What may not be judged is refused with one sentence")
    func refusals() async throws {
        let folder = try Folder(["1.ans": "1"])
        var problem = Self.problem(folder, tests: ["1"])
        problem.limits.code = ByteCount(10)
        func refusal(_ sources: SourceSet, _ language: Language = Self.cpp) -> String? {
            do throws(JudgingError) {
                try sources.admit(to: problem, in: language)
                return nil
            } catch {
                return error.description
            }
        }
        func set(_ names: String..., size: Int = 1) -> SourceSet {
            SourceSet(
                files: names.map {
                    SourceFile(name: $0, bytes: [UInt8](repeating: 1, count: size))
                })
        }
        #expect(refusal(set("a.cpp", size: 10)) == nil)
        #expect(refusal(set("a.cpp", size: 11))?.contains("at most 10") == true)
        #expect(refusal(SourceSet(files: []))?.contains("no file") == true)
        #expect(refusal(set("a.cpp", size: 0))?.contains("empty") == true)
        #expect(refusal(set("a.cpp", "a.cpp"))?.contains("two files") == true)
        #expect(refusal(set("../a.cpp"))?.contains("cannot be a source file's name") == true)
        var entry = set("a.cpp")
        entry.entryPoint = "b.cpp"
        #expect(refusal(entry)?.contains("entry point b.cpp") == true)
        problem.languages = ["python3"]
        #expect(refusal(set("a.cpp"))?.contains("does not take C++17; it takes python3") == true)
        #expect(refusal(set("a.py"), Self.python) == nil)
    }
}
