import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// Problems whose submissions are answers.
@Suite struct AnswerTests {
    private let judge = Judge(languages: [JudgeTests.cpp])

    private static func problem(
        _ folder: JudgeTests.Folder, tests: [String] = ["1", "2"], scoring: Bool = false
    ) -> Problem {
        var problem = JudgeTests.problem(folder, tests: tests)
        problem.formatVersion = "2025-09"
        problem.kind.isSubmitAnswer = true
        problem.timeLimit = nil
        guard scoring else { return problem }
        problem.kind.objective = .max
        let secret = TestGroup(
            name: "secret", members: tests.indices.map { .test($0) },
            rule: .points(PointsRule(maxScore: 100, aggregation: .sum)))
        problem.data = TestGroup(name: "", members: [.group(secret)], rule: .whole)
        return problem
    }

    private static func answers(_ texts: KeyValuePairs<String, String>) -> SourceSet {
        SourceSet(files: texts.map { SourceFile(name: $0.key, bytes: Array($0.value.utf8)) })
    }

    /// A slot that nothing may be run on.
    private static func slot(companion: ScriptedSlot? = nil) -> ScriptedSlot {
        ScriptedSlot(companion: companion) { call throws(SandboxError) in
            throw SandboxError("\(call.request.arguments) was run")
        }
    }

    @Test("Each answer is judged as the output of its test, and no program runs")
    func judged() async throws {
        let folder = try JudgeTests.Folder(["1.ans": "3\n", "2.ans": "5\n"])
        let problem = Self.problem(folder)
        let right = try await judge.judge(
            Self.answers(["1.ans": " 3 ", "2.ans": "5"]), in: .answers, problem: problem,
            on: Self.slot())
        #expect(right.verdict == .accepted && right.compile == nil && right.cpuTime == nil)
        #expect(right.tests.map(\.name) == ["secret/1", "secret/2"])
        let wrong = try await judge.judge(
            Self.answers(["1.ans": "4", "2.ans": "5"]), in: .answers, problem: problem,
            on: Self.slot())
        #expect(wrong.verdict == .wrongAnswer && wrong.tests.count == 1)
        #expect(wrong.reason?.code == .wrongOutput)
        let all = try await judge.judge(
            Self.answers(["1.ans": "4", "2.ans": "5"]), in: .answers, problem: problem,
            allTests: true, on: Self.slot())
        #expect(all.tests.map(\.verdict) == [.wrongAnswer, .accepted])
    }

    @Test("A test without an answer is a wrong answer, and an empty answer is one")
    func missing() async throws {
        let folder = try JudgeTests.Folder(["1.ans": "3", "2.ans": ""])
        let judgement = try await judge.judge(
            Self.answers(["2.ans": ""]), in: .answers,
            problem: Self.problem(folder, scoring: true), on: Self.slot())
        #expect(judgement.tests.map(\.verdict) == [.wrongAnswer, .accepted])
        #expect(judgement.tests[0].reason?.text == "no answer to it was submitted")
        #expect(judgement.verdict == .accepted && judgement.score == 50)
    }

    @Test(
        "An answer is called like its test, with as much of its path as names no other",
        arguments: [
            ("2", "secret/a/2"), ("2.ans", "secret/a/2"), ("a-2.out", "secret/a/2"),
            ("secret-a-2.txt", "secret/a/2"), ("a-1", "secret/a/1"), ("b-1.ans", "secret/b/1"),
            ("sample-1.ans", "sample/1"), ("3.txt", "secret/b/3.txt"),
            ("3.txt.ans", "secret/b/3.txt"),
        ])
    func names(file: String, test: String) async throws {
        let folder = try JudgeTests.Folder(["x.ans": "yes"])
        var problem = Self.problem(folder, tests: ["x", "x", "x", "x", "x"])
        for (index, name) in [
            "sample/1", "secret/a/1", "secret/a/2", "secret/b/1", "secret/b/3.txt",
        ].enumerated() { problem.tests[index].name = name }
        let judgement = try await judge.judge(
            Self.answers([file: "yes"]), in: .answers, problem: problem, allTests: true,
            on: Self.slot())
        #expect(judgement.tests.filter { $0.verdict == .accepted }.map(\.name) == [test])
    }

    static let refused: [(files: KeyValuePairs<String, String>, why: String)] = [
        ([:], "the submission has no file"),
        (["1.ans": "", "1.out": ""], "1.ans and 1.out both answer test secret/1"),
        (["3.ans": ""], "3.ans has the name of no test; did you mean 1.ans?"),
        (["readme": ""], "readme has the name of no test"),
        (["../1": ""], "\"../1\" cannot be a source file's name: use letters, digits, "),
        (["x.ans": ""], "x.ans could answer secret/x and sample/x; call it secret-x.ans or "),
        (
            ["2.ans": "123456789"],
            "2.ans has 9 bytes; an answer to problem aplusb has at most 8"
        ),
    ]

    @Test("Files that answer no test, two tests or one twice are refused", arguments: refused)
    func refusals(files: KeyValuePairs<String, String>, why: String) async throws {
        let folder = try JudgeTests.Folder([:])
        var problem = Self.problem(folder, tests: ["1", "2", "x", "y"])
        problem.tests[3].name = "sample/x"
        problem.limits.output = ByteCount(8)
        do throws(JudgingError) {
            try Self.answers(files).admit(to: problem, in: .answers)
            Issue.record("\(why) is not said")
        } catch {
            #expect(error.description.hasPrefix(why), "\(error)")
        }
        var answer = Self.answers(["1.ans": "3"])
        answer.entryPoint = "1.ans"
        #expect(throws: JudgingError.refused("answers have no entry point; leave 1.ans out")) {
            try answer.admit(to: problem, in: .answers)
        }
    }

    @Test("Answers count by the output limit, not by the code limit or a list of languages")
    func limits() throws {
        let folder = try JudgeTests.Folder([:])
        var problem = Self.problem(folder)
        problem.limits.code = ByteCount(1)
        problem.languages = ["cpp"]
        try Self.answers(["1.ans": "3000"]).admit(to: problem, in: .answers)
    }

    @Test("An output validator reads an answer as output, and its points count")
    func validator() async throws {
        let folder = try JudgeTests.Folder([
            "1.in": "in", "1.ans": "", "2.in": "in", "2.ans": "", "v.cpp": "",
        ])
        var problem = Self.problem(folder, scoring: true)
        problem.programs.outputValidators = [
            PackageProgram(
                path: "output_validator",
                files: [PackageFile(name: "v.cpp", path: "\(folder.path)/v.cpp")])
        ]
        let companion = ScriptedSlot { call throws(SandboxError) in
            if call.request.boxWritable { return .init(report: .exit(0), left: ["main": [7]]) }
            let isFirst = call.bytes == Array("one".utf8)
            return .init(
                report: .exit(isFirst ? 42 : 43),
                left: isFirst
                    ? [
                        ".feedback/score_multiplier.txt": Array("0.5".utf8),
                        ".feedback/teammessage.txt": Array("half".utf8),
                    ] : [:])
        }
        let judgement = try await judge.judge(
            Self.answers(["1.ans": "one", "2.ans": "two"]), in: .answers, problem: problem,
            on: Self.slot(companion: companion))
        #expect(judgement.score == 25 && judgement.verdict == .accepted)
        #expect(judgement.tests.map(\.score) == [25, 0])
        #expect(judgement.tests[0].teamMessage == "half")
        let asked = try #require(await companion.calls.last)
        #expect(asked.request.workingDirectory == "/box/.submission")
        #expect(asked.box[".submission/1.ans"] == Array("one".utf8))
    }

    @Test("Examples of answers are verified without a language and without a time limit")
    func verified() async throws {
        let folder = try JudgeTests.Folder([
            "1.ans": "3", "2.ans": "5", "a1": "3", "a2": "5", "b1": "4",
        ])
        var problem = Self.problem(folder)
        func example(_ name: String, _ files: [String: String], _ expected: Verdict) {
            problem.examples.append(
                ExampleSubmission(
                    path: "submissions/x/\(name)",
                    files: files.sorted { $0.key < $1.key }.map {
                        PackageFile(name: $0.key, path: "\(folder.path)/\($0.value)")
                    }, expected: [expected], isJudgedByTests: true))
        }
        example("right", ["1.ans": "a1", "2.ans": "a2"], .accepted)
        example("wrong", ["1.ans": "b1"], .wrongAnswer)
        example("odd", ["9-no-test": "b1"], .wrongAnswer)
        let found = try await PackageVerifier(languages: []).verify(problem, on: [Self.slot()])
        #expect(found.ok && found.timeLimit == nil && !found.isComputed, "\(found)")
        #expect(found.submissions.map(\.judgement.verdict) == [.accepted, .wrongAnswer])
        #expect(found.submissions.map(\.language) == ["answers", "answers"])
        #expect(
            found.warnings == [
                "submissions/x/odd: not judged: 9-no-test has the name of no test"
            ])
        #expect(found.margins.slowest == nil)
    }
}
