import Foundation
import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("What packages add to judging")
struct PackagePartsTests {
    /// Loads a package that lies in a folder for as long as `body` runs.
    static func withPackage<Value>(
        _ files: [String: String], yaml: String = "name: x\n",
        _ body: (Problem) async throws -> Value
    ) async throws -> Value {
        let folder = try JudgeTests.Folder([:])
        let all = files.merging(["problem.yaml": yaml + "limits: {time_limit: 2}\n"]) { own, _ in
            own
        }
        for (name, text) in all {
            let url = URL(filePath: folder.path).appending(path: name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        let value = try await body(try PackageLoader.load(directory: folder.path, id: "p"))
        withExtendedLifetime(folder) {}
        return value
    }

    static let later = "problem_format_version: 2025-09\nname: x\nuuid: 1\n"
    static let oneTest = ["data/secret/1.in": "", "data/secret/1.ans": "3"]

    @Test("Included files are compiled with the submission, in place of files of their names")
    func included() async throws {
        let files = [
            "include/cpp/main.cpp": "int n = {{n}};", "include/cpp/util.h": "ours",
            "include/default/x": "",
        ]
        try await Self.withPackage(
            Self.oneTest.merging(files) { $1 }, yaml: Self.later + "constants: {n: 42}\n"
        ) { problem in
            let slot = JudgeTests.slot(["1.in": "3"])
            let sources = SourceSet(files: [
                SourceFile(name: "a.cpp", bytes: Array("{{n}}".utf8)),
                SourceFile(name: "util.h", bytes: Array("theirs".utf8)),
            ])
            let judgement = try await Judge().judge(
                sources, in: JudgeTests.cpp, problem: problem, on: slot)
            #expect(judgement.verdict == .accepted)
            let compile = try #require(await slot.calls.first)
            #expect(
                compile.box.mapValues { String(decoding: $0, as: UTF8.self) }
                    == ["a.cpp": "{{n}}", "main.cpp": "int n = 42;", "util.h": "ours"])
            #expect(compile.request.arguments.suffix(2) == ["a.cpp", "main.cpp"])
        }
    }

    @Test("An included main program is the one that is run")
    func includedMain() async throws {
        let files = Self.oneTest.merging(["include/python3/main.py": "import answer"]) { $1 }
        try await Self.withPackage(files) { problem in
            let slot = JudgeTests.slot(["1.in": "3"])
            let sources = SourceSet(files: [SourceFile(name: "answer.py", bytes: [1])])
            _ = try await Judge().judge(
                sources, in: JudgeTests.python, problem: problem, on: slot)
            let run = try #require(await slot.calls.last)
            #expect(run.request.arguments.last == "main.py")
            #expect(run.box.keys.sorted() == ["answer.py", "main.py"])
        }
    }

    @Test("The code limit counts what was submitted, not what is included")
    func codeLimit() async throws {
        let large = String(repeating: "x", count: 2_000)
        let files = Self.oneTest.merging(["include/cpp/main.cpp": large]) { $1 }
        try await Self.withPackage(files) { problem in
            var problem = problem
            problem.limits.code = .kibibytes(1)
            let judgement = try await Judge().judge(
                JudgeTests.source, in: JudgeTests.cpp, problem: problem,
                on: JudgeTests.slot(["1.in": "3"]))
            #expect(judgement.verdict == .accepted)
        }
    }

    @Test("A test's arguments and files reach its run, and no other")
    func argumentsAndFiles() async throws {
        let files = [
            "data/secret/1.yaml": "args: [one, '{entry}']\n", "data/secret/1.files/words": "a",
            "data/secret/1.files/main": "taken", "data/secret/2.in": "", "data/secret/2.ans": "5",
        ]
        try await Self.withPackage(
            Self.oneTest.merging(files) { $1 }, yaml: Self.later
        ) { problem in
            let slot = JudgeTests.slot(["1.in": "3", "2.in": "5"])
            let judgement = try await Judge().judge(
                JudgeTests.source, in: JudgeTests.cpp, problem: problem, on: slot)
            #expect(judgement.verdict == .accepted)
            let calls = await slot.calls
            #expect(calls[1].request.arguments == ["/box/main", "one", "{entry}"])
            #expect(calls[1].box == ["main": Array("taken".utf8), "words": Array("a".utf8)])
            #expect(calls[2].request.arguments == ["/box/main"])
            #expect(calls[2].box == ["main": [1, 2, 3]] && calls[2].executables == ["main"])
        }
    }

    static let groups = [
        "data/sample/1.in": "", "data/sample/1.ans": "1",
        "data/secret/a/2.in": "", "data/secret/a/2.ans": "2",
        "data/secret/a/3.in": "", "data/secret/a/3.ans": "3",
        "data/secret/b/4.in": "", "data/secret/b/4.ans": "4",
        "data/secret/a/test_group.yaml": "max_score: 40\n",
        "data/secret/b/test_group.yaml": "max_score: 60\nscore_aggregation: sum\n",
    ]

    @Test(
        "A scoring problem runs what its rules ask for and gives points", arguments: [false, true])
    func scoring(allTests: Bool) async throws {
        try await Self.withPackage(Self.groups, yaml: Self.later + "type: scoring\n") { problem in
            let outputs = ["1.in": "1", "2.in": "x", "3.in": "3", "4.in": "4"]
            let judgement = try await Judge().judge(
                JudgeTests.source, in: JudgeTests.cpp, problem: problem, allTests: allTests,
                on: JudgeTests.slot(outputs))
            #expect(judgement.verdict == .accepted && judgement.score == 60)
            #expect(judgement.reason == nil)
            let names = judgement.tests.map(\.name)
            let run = ["sample/1", "secret/a/2", "secret/b/4"]
            #expect(names == (allTests ? [run[0], run[1], "secret/a/3", run[2]] : run))
            #expect(judgement.tests.last?.score == 60 && judgement.tests.first?.score == 0)
            #expect(judgement.tests.map(\.verdict)[1] == .wrongAnswer)
        }
    }

    @Test("Without any points the first failure is the verdict and its reason is given")
    func noPoints() async throws {
        try await Self.withPackage(Self.groups, yaml: Self.later + "type: scoring\n") { problem in
            let judgement = try await Judge().judge(
                JudgeTests.source, in: JudgeTests.cpp, problem: problem,
                on: JudgeTests.slot(["1.in": "1"]))
            #expect(judgement.verdict == .wrongAnswer && judgement.score == 0)
            #expect(judgement.reason?.code == .wrongOutput)
        }
    }

    @Test("A legacy package that continues after a rejected test has its worst error")
    func worstError() async throws {
        let files = [
            "data/secret/1.in": "", "data/secret/1.ans": "1", "data/secret/2.in": "",
            "data/secret/2.ans": "2", "data/testdata.yaml": "on_reject: continue\n",
        ]
        try await Self.withPackage(files) { problem in
            let slot = ScriptedSlot { call throws(SandboxError) in
                guard let input = call.input else {
                    return .init(report: .exit(0), left: ["main": [1]])
                }
                return .init(report: .exit(input.hasSuffix("2.in") ? 3 : 0), stdout: "x")
            }
            let judgement = try await Judge().judge(
                JudgeTests.source, in: JudgeTests.cpp, problem: problem, on: slot)
            #expect(judgement.tests.map(\.verdict) == [.wrongAnswer, .runTimeError])
            #expect(judgement.verdict == .runTimeError && judgement.score == nil)
            #expect(judgement.reason?.code == .exitCode)
        }
    }

    @Test("A score outside its range is a judge error that names the group")
    func range() async throws {
        let files = Self.oneTest.merging(["data/testdata.yaml": "range: 5 9\n"]) { $1 }
        try await Self.withPackage(files, yaml: "type: scoring\n") { problem in
            let judgement = try await Judge().judge(
                JudgeTests.source, in: JudgeTests.cpp, problem: problem,
                on: JudgeTests.slot(["1.in": "3"]))
            #expect(judgement.verdict == .judgeError && judgement.reason?.code == .badPackage)
            #expect(judgement.reason?.text.hasPrefix("data/secret: ") == true)
        }
    }
}
