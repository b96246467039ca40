import Problems
import Testing

@Suite struct DataTests {
    static func tests(_ names: [String]) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: names.flatMap { [("data/\($0).in", ""), ("data/\($0).ans", "")] })
    }

    @Test("Tests come in order of names' bytes, groups and cases together, samples first")
    func order() throws {
        let names = [
            "secret/10", "secret/2", "secret/B", "secret/a", "secret/a-b", "secret/a.b",
            "secret/5-group/z", "secret/5-group/a", "sample/2", "sample/1",
        ]
        let problem = try PackageFolder(Self.tests(names), data: false).load()
        #expect(
            problem.tests.map(\.name) == [
                "sample/1", "sample/2", "secret/10", "secret/2", "secret/5-group/a",
                "secret/5-group/z", "secret/B", "secret/a", "secret/a-b", "secret/a.b",
            ])
        #expect(problem.tests[4].group == "secret/5-group")
        #expect(problem.tests[0].inputPath.hasSuffix("/aplusb/data/sample/1.in"))
        #expect(problem.tests[0].answerPath.hasSuffix("/aplusb/data/sample/1.ans"))
    }

    @Test("An input without its answer is refused with its path")
    func missingAnswer() throws {
        let folder = try PackageFolder(["data/secret/2.in": ""])
        #expect(folder.refusal() == "P/data/secret/2.in: has no 2.ans beside it")
    }

    @Test("Loose answers, misplaced tests and names that do not exist are warned of")
    func warnings() throws {
        let folder = try PackageFolder([
            "data/secret/9.ans": "", "data/extra/1.in": "", "data/0.in": "",
            "data/secret/te st.in": "", "data/secret/.gitkeep": "", "data/secret/1.hint": "",
            "data/invalid_input/1.in": "",
        ])
        #expect(
            try folder.warnings().sorted() == [
                "P/data/0.in: is neither in sample nor in secret and not judged",
                "P/data/extra: is neither in sample nor in secret and not judged",
                "P/data/secret/9.ans: answers no input and is ignored",
                "P/data/secret/te st.in: is not judged: its name is not allowed",
            ])
        #expect(try folder.load().tests.count == 1)
    }

    @Test("A package without tests is refused, one with samples only is warned of")
    func noTests() throws {
        #expect(
            try PackageFolder([:], data: false).refusal() == "P: has no directory data with tests")
        let empty = try PackageFolder(["data/secret/x.txt": ""], data: false)
        #expect(empty.refusal()?.hasPrefix("P/data: holds no test") == true)
        let samples = try PackageFolder(Self.tests(["sample/1"]), data: false)
        #expect(try samples.warnings() == ["P/data: holds no secret test, only samples"])
    }

    @Test("Links within the package are followed, links out of it refused")
    func links() throws {
        let folder = try PackageFolder(Self.tests(["secret/g1/1"]))
        try folder.write("data/secret/g2/.keep", "")
        try folder.link("data/secret/g2/1.in", to: "../g1/1.in")
        try folder.link("data/secret/g2/1.ans", to: "../g1/1.ans")
        try folder.link("data/secret/g3", to: "g1")
        let tests = try folder.load().tests
        #expect(
            tests.map(\.name) == ["secret/1", "secret/g1/1", "secret/g2/1", "secret/g3/1"])
        #expect(tests[2].inputPath == tests[1].inputPath)
        try folder.link("data/secret/x.in", to: "/etc/passwd")
        #expect(
            folder.refusal() == "P/data/secret/x.in: is a link that leads out of the package")
    }

    @Test("A link beside the package whose name begins alike is refused, as is one to nothing")
    func trickyLinks() throws {
        let folder = try PackageFolder([:])
        try folder.write("../aplusb-2/1.in", "secret")
        try folder.link("data/secret/2.in", to: "../../../aplusb-2/1.in")
        #expect(folder.refusal()?.contains("leads out of the package") == true)
        let dangling = try PackageFolder([:])
        try dangling.link("data/secret/2.in", to: "gone.in")
        #expect(dangling.refusal()?.hasPrefix("P/data/secret/2.in: cannot be found") == true)
    }

    @Test("A ring of links is refused and does not hang")
    func ring() throws {
        let folder = try PackageFolder([:])
        try folder.link("data/secret/again", to: "../secret")
        #expect(folder.refusal()?.contains("nested more than 32 deep") == true)
    }

    @Test("Legacy flags of the problem and of the nearest group are given together")
    func legacyFlags() throws {
        let folder = try PackageFolder(
            [
                "data/testdata.yaml": "output_validator_flags: float_tolerance 1e-2\n",
                "data/secret/g/testdata.yaml": "output_validator_flags: float_tolerance 1e-4\n",
                "data/secret/g/1.in": "", "data/secret/g/1.ans": "",
            ], yaml: "validator_flags: case_sensitive  space_change_sensitive\n")
        let tests = try folder.load().tests
        #expect(
            tests.map(\.validatorFlags) == [
                ["case_sensitive", "space_change_sensitive", "float_tolerance", "1e-2"],
                ["case_sensitive", "space_change_sensitive", "float_tolerance", "1e-4"],
            ])
    }

    @Test("Later formats take arguments from the group and the case, unsplit")
    func currentFlags() throws {
        let folder = try PackageFolder(
            [
                "data/secret/test_group.yaml": "output_validator_args: [float_tolerance, '1e-6']\n",
                "data/secret/2.in": "", "data/secret/2.ans": "",
                "data/secret/2.yaml": "output_validator_args: ['a b']\nhint: x\n",
                "data/secret/3.in": "", "data/secret/3.ans": "", "data/secret/3.yaml": "hint: x\n",
            ], yaml: MetadataTests.modern)
        let problem = try folder.load()
        #expect(
            problem.tests.map(\.validatorFlags) == [
                ["float_tolerance", "1e-6"], ["a b"], ["float_tolerance", "1e-6"],
            ])
        #expect(problem.warnings.isEmpty)
    }

    static let refused: [(file: String, text: String, refusal: String)] = [
        ("data/testdata.yaml", "on_reject: sometimes\n", "testdata.yaml:1: on_reject must be"),
        (
            "data/secret/testdata.yaml", "grading: custom\n",
            "testdata.yaml:1: grading: custom is part of the legacy format alone"
        ),
        ("data/secret/testdata.yaml", "grading: 3\n", "testdata.yaml:1: grading must be default"),
        (
            "data/testdata.yaml", "grader_flags: first_error best\n",
            "testdata.yaml:1: grader_flags: \"best\" is not a flag"
        ),
        (
            "data/secret/testdata.yaml", "grader_flags: ignore_sample\n",
            "testdata.yaml:1: grader_flags: ignore_sample is for data/testdata.yaml alone"
        ),
        ("data/testdata.yaml", "range: 5 1\n", "testdata.yaml:1: range must be two numbers"),
        ("data/testdata.yaml", "accept_score: much\n", "testdata.yaml:1: accept_score must be"),
        ("data/testdata.yaml", "scoring: {score: 3}\n", "testdata.yaml:1: scoring in testdata"),
        (
            "data/secret/testdata.yaml", "output_validator_flags: {}\n",
            "output_validator_flags must be"
        ),
        ("data/secret/test_group.yaml", "output_validator_args: a b\n", "must be a list of texts"),
        ("data/secret/test_group.yaml", "args: x\n", "test_group.yaml:1: args must be a list"),
        ("data/secret/1.yaml", "full_feedback: 3\n", "1.yaml:1: full_feedback must be true or"),
        ("data/secret/1.yaml", "on_reject: break\n", "1.yaml:1: on_reject is not part of this"),
        (
            "data/secret/test_group.yaml", "max_score: 3\n",
            "test_group.yaml:1: max_score, score_aggregation and require_pass are for scoring"
        ),
        (
            "data/secret/test_group.yaml", "static_validation_score: 3\n",
            "test_group.yaml:1: static_validation_score, but the package holds no static_validator"
        ),
        ("data/secret/1.files/d/x", "", "P/data/secret/1.files/d: directories among a test's"),
        ("data/secret/test_group.in", "", "P/data/secret/test_group.in: "),
        ("include/cpp/d/main.cpp", "", "P/include/cpp/d/main.cpp: directories added to"),
        ("include/klingon/main.cpp", "", "P/include/klingon: klingon is no language code"),
    ]

    @Test("What would change a verdict and is not supported is refused", arguments: 0..<19)
    func refusals(row: Int) throws {
        let (file, text, refusal) = Self.refused[row]
        let found = try PackageFolder([file: text], yaml: MetadataTests.modern).refusal()
        #expect(found?.contains(refusal) == true, "\(found ?? "loaded")")
    }

    @Test("An empty output_validator directory means the default validator")
    func emptyValidator() throws {
        let folder = try PackageFolder(
            ["output_validator/.gitkeep": ""], yaml: MetadataTests.modern)
        #expect(folder.refusal() == nil)
    }
}
