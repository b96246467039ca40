import JudgeCore
import Problems
import Testing

@Suite struct PolygonExampleTests {
    private static func solution(
        _ path: String, _ tag: String, _ type: String = "cpp.g++17", more: String = ""
    ) -> String {
        "<solution tag=\"\(tag)\"><source path=\"\(path)\" type=\"\(type)\"/>\(more)</solution>"
    }

    private static func xml(_ solutions: String...) -> PolygonXML {
        var xml = PolygonXML()
        xml.assets = "<solutions>\(solutions.joined())</solutions>"
        return xml
    }

    @Test(
        "A solution's tag says which verdicts are expected",
        arguments: [
            ("main", [Verdict.accepted]), ("accepted", [.accepted]),
            ("wrong-answer", [.wrongAnswer]), ("presentation-error", [.wrongAnswer]),
            ("time-limit-exceeded", [.timeLimit]),
            ("time-limit-exceeded-or-accepted", [.timeLimit, .accepted]),
            (
                "time-limit-exceeded-or-memory-limit-exceeded",
                [.timeLimit, .memoryLimit, .runTimeError]
            ),
            ("memory-limit-exceeded", [.memoryLimit, .runTimeError]), ("failed", [.runTimeError]),
            (
                "rejected",
                [
                    .wrongAnswer, .timeLimit, .runTimeError, .memoryLimit, .outputLimit,
                    .compilerError,
                ]
            ),
        ])
    func tags(tag: String, expected: [Verdict]) throws {
        let problem = try Self.xml(Self.solution("solutions/a.cpp", tag))
            .load(["solutions/a.cpp": ""])
        #expect(problem.examples.map(\.path) == ["solutions/a.cpp"])
        #expect(problem.examples[0].expected == expected)
        #expect(problem.examples[0].expectations.map(\.subject) == [.tests(nil)])
        #expect(problem.warnings == [])
    }

    @Test("Solutions that are not to be run or cannot be are left out with a warning")
    func leftOut() throws {
        let folder = try Self.xml(
            Self.solution("solutions/a.cpp", "do-not-run"),
            Self.solution("solutions/a.cpp", "perhaps"),
            Self.solution("solutions/a b.cpp", "main"),
            Self.solution("solutions/a.cpp", "main", "cobol"),
            Self.solution(
                "solutions/a.cpp", "main",
                more: "<extra-tags><extra-tag group=\"1\" tag=\"wrong-answer\"/></extra-tags>")
        ).folder(["solutions/a.cpp": "", "solutions/a b.cpp": ""])
        #expect(
            try folder.warnings().map { $0.replacing("P/problem.xml:13: ", with: "") } == [
                "solutions/a.cpp is not judged: its tag is do-not-run",
                "solutions/a.cpp is not judged: its tag \"perhaps\" is not known",
                "solutions/a b.cpp is not judged: its name is not allowed",
                "solutions/a.cpp is not judged: its type \"cobol\" is not known",
                "solutions/a.cpp: its tags for single groups and testsets are not compared",
            ])
        #expect(try folder.load().examples.count == 1)
        let missing = try Self.xml(Self.solution("solutions/b.cpp", "main")).refusal()
        #expect(missing?.contains("the solution solutions/b.cpp is not in the package") == true)
    }

    @Test(
        "Polygon's types of sources are languages",
        arguments: [
            ("cpp.g++17", "cpp", "cpp17"), ("cpp.g++11", "cpp", "cpp11"),
            ("cpp.gcc14-64-msys2-g++23", "cpp", "cpp23"), ("cpp.ms2017", "cpp", nil),
            ("c.gcc", "c", nil), ("java11", "java", "java11"), ("java17", "java", "java17"),
            ("javascript", "javascript", nil), ("js.nodeJs", "javascript", nil),
            ("python.3", "python3", "python3"), ("python.2", "python2", nil),
            ("python.pypy3", "python3", "pypy3"), ("python.pypy2", "python2", nil),
            ("pas.fpc", "pascal", nil), ("pas.dpr", "pascal", nil), ("csharp.mono", "csharp", nil),
            ("kotlin", "kotlin", "kotlin"), ("rust", "rust", nil), ("go", "go", nil),
            ("haskell", "haskell", nil),
        ] as [(String, String, String?)])
    func types(type: String, code: String, id: String?) throws {
        let problem = try Self.xml(Self.solution("solutions/a", "main", type))
            .load(["solutions/a": ""])
        #expect(
            problem.examples.first?.language == LanguageWish(stated: type, code: code, id: id))
    }
}
