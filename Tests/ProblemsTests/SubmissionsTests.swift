import JudgeCore
import Problems
import Testing

/// `submissions/submissions.yaml`.
@Suite struct SubmissionsTests {
    private static let tests = [
        "data/sample/1.in": "", "data/sample/1.ans": "", "data/secret/1-easy.in": "",
        "data/secret/1-easy.ans": "", "data/secret/2-hard.in": "", "data/secret/2-hard.ans": "",
    ]

    private static func example(
        _ path: String, _ submissions: String, yaml: String = MetadataTests.modern
    ) throws -> ExampleSubmission? {
        let folder = try PackageFolder(
            tests.merging([
                "submissions/\(path)": "x", "submissions/submissions.yaml": submissions,
            ]) { first, _ in first }, yaml: yaml, data: false)
        return try folder.load().examples.first
    }

    private static func refusal(_ submissions: String) throws -> String? {
        let folder = try PackageFolder(
            tests.merging([
                "submissions/accepted/a.c": "x", "submissions/submissions.yaml": submissions,
            ]) { first, _ in first }, yaml: MetadataTests.modern, data: false)
        return folder.refusal()
    }

    private static func warnings(_ submissions: String) throws -> [String] {
        let folder = try PackageFolder(
            tests.merging([
                "submissions/accepted/a.c": "x", "submissions/submissions.yaml": submissions,
            ]) { first, _ in first }, yaml: MetadataTests.modern, data: false)
        return try folder.warnings().filter { !$0.contains("uuid") }
    }

    @Test("submissions.yaml says what is expected of all tests, with the format's defaults")
    func whole() throws {
        let example = try Self.example(
            "odd/a.c",
            "odd/*:\n  permitted: [AC, TLE]\n  required: [TLE]\n  message: so slow\n")
        let expectation = try #require(example?.expectations.first)
        #expect(expectation.subject == .tests(nil))
        #expect(expectation.permitted == [.accepted, .timeLimit])
        #expect(expectation.required == [.timeLimit] && expectation.bound == .upper)
        #expect(expectation.message == "so slow" && expectation.place == "submissions.yaml:1")
        #expect(example?.expected == [.timeLimit])
        let message = try Self.example("odd/a.c", "odd:\n  message: x\n")?.expectations.first
        #expect(message?.permitted == ExampleExpectation.anyVerdict && message?.required == [])
    }

    @Test("The name of a directory in submissions.yaml replaces the format's default, key by key")
    func replaced() throws {
        let replaced = try Self.example(
            "time_limit_exceeded/a.c", "time_limit_exceeded/:\n  permitted: [AC, WA, TLE]\n")
        #expect(replaced?.expectations.count == 1)
        #expect(replaced?.expectations.first?.permitted == [.accepted, .wrongAnswer, .timeLimit])
        #expect(replaced?.expectations.first?.required == [.timeLimit])
        let added = try Self.example(
            "time_limit_exceeded/a.c", "time_limit_exceeded/*:\n  permitted: [AC, WA, TLE]\n")
        #expect(added?.expectations.count == 2)
        #expect(added?.expectations.first?.permitted == [.accepted, .timeLimit])
    }

    @Test("Groups and tests are expected to do what their patterns say")
    func parts() throws {
        let example = try Self.example(
            "odd/a.c",
            """
            odd/{a,b}.{c,py}:
              sample:
                permitted: [AC]
              secret/*-easy:
                permitted: [AC]
                use_for_time_limit: false
              secret/*-hard:
                permitted: [AC, TLE]
                required: [TLE]
            """)
        let expectations = try #require(example?.expectations)
        #expect(expectations.map(\.bound) == [.lower, nil, .upper])
        #expect(expectations.map { $0.speaks(of: "sample/1") } == [true, false, false])
        #expect(expectations.map { $0.speaks(of: "secret/2-hard") } == [false, false, true])
        #expect(example?.expected == [] && example?.mistake == nil)
    }

    @Test("Scores are expected of the submission and of groups")
    func scores() throws {
        let yaml = MetadataTests.modern + "type: scoring\n"
        let example = try Self.example(
            "odd/a.c", "odd:\n  score: [10, 20]\n  secret:\n    score: 12.5\n", yaml: yaml)
        let ranges = (example?.expectations ?? []).compactMap(\.score)
        #expect(ranges.count == 2)
        #expect(ranges[0].contains(10) && ranges[0].contains(20) && !ranges[0].contains(21))
        #expect(ranges[1].contains(12.5) && !ranges[1].contains(12.6))
    }

    @Test("Examples bound the time limit as their verdicts say, or as use_for_time_limit does")
    func timeLimit() throws {
        func bounds(_ directory: String, _ more: String = "") throws -> [ExampleExpectation
            .TimeBound]
        {
            try Self.example("\(directory)/a.c", more)?.expectations.compactMap(\.bound) ?? []
        }
        #expect(try bounds("accepted") == [.lower] && bounds("wrong_answer") == [.lower])
        #expect(try bounds("run_time_error") == [.lower] && bounds("brute_force").isEmpty)
        #expect(try bounds("rejected").isEmpty && bounds("time_limit_exceeded") == [.upper])
        #expect(
            try bounds("brute_force", "brute_force:\n  use_for_time_limit: upper\n") == [.upper])
        #expect(try bounds("accepted", "accepted:\n  use_for_time_limit: false\n").isEmpty)
        #expect(try bounds("rejected", "rejected:\n  use_for_time_limit: lower\n") == [.lower])
    }

    @Test("Language and entry point of an example come from submissions.yaml")
    func language() throws {
        let example = try Self.example(
            "accepted/a.txt.c", "accepted/*:\n  language: cpp\n  entrypoint: a.txt.c\n")
        #expect(example?.language?.code == "cpp" && example?.entryPoint == "a.txt.c")
        let torn = try Self.example(
            "accepted/a.c", "accepted:\n  language: cpp\naccepted/*:\n  language: c\n")
        #expect(torn?.mistake == "it is to be cpp and c")
    }

    @Test("What cannot all be expected is a mistake")
    func contradictions() throws {
        let disjoint = try Self.example(
            "accepted/a.c", "accepted/*:\n  secret:\n    permitted: [WA]\n")
        #expect(
            disjoint?.mistake
                == "no verdict is permitted on secret/1-easy by all that is expected")
        let unreachable = try Self.example("accepted/a.c", "accepted/*:\n  required: [TLE]\n")
        #expect(
            unreachable?.mistake
                == "submissions.yaml:1: no test is permitted a verdict that is required")
        #expect(try Self.example("accepted/a.c", "accepted/*:\n  required: [AC]\n")?.mistake == nil)
    }

    static let refusals: [(String, String)] = [
        ("accepted/**:\n  permitted: [AC]\n", ":1: \"accepted/**\" is no pattern of paths"),
        ("accepted/[ab].c:\n  permitted: [AC]\n", "is no pattern of paths"),
        ("accepted:\n  permitted: [OK]\n", ":2: accepted.permitted: \"OK\" is not AC, WA, TLE or"),
        ("accepted:\n  permitted: []\n", "must name a verdict"),
        ("accepted:\n  use_for_time_limit: often\n", ":2: accepted.use_for_time_limit must be"),
        ("accepted:\n  secret/{1:\n    permitted: [AC]\n", "is no pattern of tests"),
        ("accepted: fine\n", ":1: accepted must be a mapping"),
        ("accepted:\n  language: [c]\n", ":2: accepted.language must be a text"),
    ]

    @Test("What submissions.yaml gets wrong is refused at its line", arguments: refusals)
    func refused(text: String, sentence: String) throws {
        let refusal = try #require(try Self.refusal(text))
        #expect(refusal.hasPrefix("P/submissions/submissions.yaml:"))
        #expect(refusal.contains(sentence), "\(refusal)")
    }

    @Test("Keys, tests and examples that there are not are warned of")
    func warned() throws {
        #expect(
            try Self.warnings("accepted:\n  colour: red\n  secret/9*:\n    permitted: [AC]\n") == [
                "P/submissions/submissions.yaml:2: the key accepted.colour is not known and is ignored",
                "P/submissions/submissions.yaml:3: secret/9* matches no test and is ignored",
            ])
        #expect(
            try Self.warnings("odd/*.c:\n  permitted: [AC]\n") == [
                "P/submissions/submissions.yaml:1: odd/*.c matches no example"
            ])
        #expect(
            try Self.warnings("accepted:\n  score: 3\n") == [
                "P/submissions/submissions.yaml:2: accepted.score is for scoring problems and is ignored"
            ])
        let legacy = try PackageFolder(["submissions/submissions.yaml": "a:\n  permitted: [AC]\n"])
        #expect(
            try legacy.warnings() == [
                "P/submissions/submissions.yaml: is not part of the legacy format and is ignored"
            ])
    }

    @Test(
        "Patterns that would be compared without end are refused at once", .timeLimit(.minutes(1)))
    func bombs() throws {
        // Each unfolds to 128 texts; 2,000 of them, and 400 tests.
        let bomb = "x{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"
        let tests = DataTests.tests((0..<400).map { "secret/\($0)" })
        let parts = (0..<2_000).map { "  \(bomb)\($0):\n    permitted: [AC]\n" }.joined()
        let examples = (0..<2_000).map { "\(bomb)\($0):\n  permitted: [AC]\n" }.joined()
        for text in ["accepted:\n" + parts, examples] {
            var files = tests
            files["submissions/submissions.yaml"] = text
            for index in 0..<20 { files["submissions/accepted/\(index).c"] = "" }
            let folder = try PackageFolder(files, yaml: MetadataTests.modern, data: false)
            let refusal = try #require(folder.refusal())
            #expect(
                refusal.hasPrefix("P/submissions/submissions.yaml: says too much"), "\(refusal)")
        }
        let stars = try #require(GlobPattern(String(repeating: "*a", count: 100)))
        #expect(!stars.matches(String(repeating: "a", count: 99)))
        #expect(GlobPattern(String(repeating: "a", count: 256)) == nil)
    }

    @Test("Patterns match a path or a directory around it, and stars stay within a name")
    func patterns() throws {
        let cases: [(String, String, Bool)] = [
            ("accepted", "accepted/a.c", true), ("accepted/*", "accepted/a.c", true),
            ("*", "accepted/a.c", true), ("*.c", "accepted/a.c", false),
            ("accepted/*/*", "accepted/a.c", false), ("accepted/*.py", "accepted/a.c", false),
            ("a*d/a*.*", "accepted/a.c", true), ("accepted/{a,b}.c", "accepted/a.c", true),
            ("{x,accepted}/{b,a}.{py,c}", "accepted/a.c", true),
            ("accepted/{}a.c", "accepted/a.c", true),
            ("Accepted", "accepted/a.c", false),
            ("a*a*a*a*b", String(repeating: "a", count: 200), false),
        ]
        for (pattern, path, matches) in cases {
            let glob = try #require(GlobPattern(pattern))
            #expect(glob.matches(path) == matches, "\(pattern)")
        }
        #expect(GlobPattern("{a,b}") != nil && GlobPattern("a{b") == nil && GlobPattern("") == nil)
        #expect(GlobPattern(String(repeating: "{a,b,c,d}", count: 6)) == nil)
        #expect(GlobPattern("secret/*")?.matchesExactly("secret/g1") == true)
        #expect(GlobPattern("secret")?.matchesExactly("secret/g1") == false)
    }
}
