import JudgeCore
import Problems
import Testing

@Suite("Packages with a static validator")
struct StaticPackageTests {
    static let validator = ["static_validator/v.py": ""]

    @Test("The static validator's case comes first in its group, with its arguments and points")
    func cases() throws {
        let folder = try PackageFolder(
            ScoringTests.files(
                ["sample/1", "secret/a/1", "secret/b/1", "secret/b/2"],
                [
                    "static_validator/v.py": "",
                    "data/sample/test_group.yaml": "static_validation_score: pass-fail\n",
                    "data/secret/a/test_group.yaml":
                        "max_score: 40\nstatic_validation_score: pass-fail\n"
                        + "static_validator_args: [a, 'b c']\noutput_validator_args: [x]\n",
                    "data/secret/b/test_group.yaml":
                        "max_score: 60\nscore_aggregation: sum\nstatic_validation_score: 20\n",
                ]), yaml: ScoringTests.scoring, data: false)
        let problem = try folder.load()
        #expect(
            problem.tests.map(\.name) == [
                "sample/static_validation", "sample/1", "secret/a/static_validation", "secret/a/1",
                "secret/b/static_validation", "secret/b/1", "secret/b/2",
            ])
        #expect(
            problem.tests.map(\.isStaticValidation) == [
                true, false, true, false, true, false, false,
            ])
        #expect(problem.tests[2].validatorFlags == ["a", "b c"])
        #expect(problem.tests[3].validatorFlags == ["x"] && problem.tests[4].validatorFlags == [])
        let groups = ScoringTests.members(ScoringTests.members(problem.data)[1])
        #expect(groups[0].members == [.test(2), .test(3)])
        #expect(groups[0].rule == .points(PointsRule(maxScore: 40, aggregation: .passFail)))
        #expect(
            groups[1].rule
                == .points(PointsRule(maxScore: 60, aggregation: .sum, staticValidationScore: 20)))
        #expect(problem.warnings.isEmpty)
    }

    @Test("Pass-fail packages have static validation too, and a group may consist of it alone")
    func alone() throws {
        let passFail = try PackageFolder(
            [
                "static_validator/v.py": "",
                "data/secret/test_group.yaml": "static_validation_score: pass-fail\n",
            ],
            yaml: MetadataTests.modern)
        #expect(try passFail.load().tests.map(\.name) == ["secret/static_validation", "secret/1"])
        let alone = try PackageFolder(
            ScoringTests.files(
                ["secret/b/1"],
                [
                    "static_validator/v.py": "", "data/secret/b/test_group.yaml": "max_score: 9\n",
                    "data/secret/a/test_group.yaml":
                        "max_score: 7\nstatic_validation_score: pass-fail\n",
                ]), yaml: ScoringTests.scoring, data: false)
        #expect(try alone.load().tests.map(\.name) == ["secret/a/static_validation", "secret/b/1"])
    }

    static let refused: [(files: [String: String], isScoring: Bool, refusal: String)] = [
        (
            ["data/secret/test_group.yaml": "static_validator_args: [x]\n"], false,
            "P/data/secret/test_group.yaml:1: static_validator_args needs static_validation_score"
        ),
        (
            ["data/secret/test_group.yaml": "static_validation_score: 5\n"], false,
            "P/data/secret/test_group.yaml:1: static_validation_score must be pass-fail where there"
        ),
        (
            ["data/secret/test_group.yaml": "static_validation_score: -1\n"], true,
            "P/data/secret/test_group.yaml:1: static_validation_score must be pass-fail or a whole"
        ),
        (
            ["data/secret/test_group.yaml": "static_validation_score: [1]\n"], true,
            "P/data/secret/test_group.yaml:1: static_validation_score must be pass-fail or a whole"
        ),
        (
            ["data/secret/test_group.yaml": "static_validation_score: 101\n"], true,
            "P/data/secret/test_group.yaml:1: static_validation_score is more than the group's "
        ),
        (
            ["data/secret/test_group.yaml": "static_validation_score: pass-fail\n"], true,
            "P/data/secret/test_group.yaml:1: static_validation_score is pass-fail, but the group "
        ),
        (
            [
                "data/secret/test_group.yaml":
                    "score_aggregation: pass-fail\nstatic_validation_score: 5\n"
            ], true,
            "P/data/secret/test_group.yaml:2: static_validation_score must be pass-fail in a pass-f"
        ),
        (
            [
                "data/sample/test_group.yaml": "static_validation_score: 5\n",
                "data/sample/1.in": "", "data/sample/1.ans": "",
            ], true,
            "P/data/sample/test_group.yaml:1: static_validation_score must be pass-fail where there"
        ),
        (
            ["data/test_group.yaml": "static_validation_score: pass-fail\n"], false,
            "P/data/test_group.yaml:1: static_validation_score is for sample, secret and their"
        ),
        (
            [
                "data/secret/test_group.yaml": "static_validation_score: pass-fail\n",
                "data/secret/static_validation.in": "", "data/secret/static_validation.ans": "",
            ], false,
            "P/data/secret/static_validation.in: a test cannot be called static_validation beside"
        ),
    ]

    @Test("Static validation that cannot be right is refused with file and line", arguments: 0..<10)
    func refusals(row: Int) throws {
        let (files, isScoring, refusal) = Self.refused[row]
        let folder = try PackageFolder(
            files.merging(Self.validator) { $1 },
            yaml: isScoring ? ScoringTests.scoring : MetadataTests.modern)
        let found = folder.refusal()
        #expect(found?.hasPrefix(refusal) == true, "\(found ?? "loaded")")
    }

    @Test("Static validation beside groups, or in a directory within one, is refused")
    func places() throws {
        let group = "max_score: 10\n"
        for (name, text, refusal) in [
            ("secret", "static_validation_score: 5\n", "beside groups: state it in one of them"),
            ("secret/a/deep", "static_validation_score: 5\n", "not for a directory within one"),
        ] {
            let folder = try PackageFolder(
                ScoringTests.files(
                    ["secret/a/1", "secret/a/deep/2"],
                    [
                        "static_validator/v.py": "", "data/secret/a/test_group.yaml": group,
                        "data/\(name)/test_group.yaml": text,
                    ]), yaml: ScoringTests.scoring, data: false)
            #expect(folder.refusal()?.contains(refusal) == true, "\(folder.refusal() ?? "loaded")")
        }
    }

    @Test("A static validator that no group asks for is warned of, and one that is missing refused")
    func unasked() throws {
        let unasked = try PackageFolder(Self.validator, yaml: MetadataTests.modern)
        #expect(
            try unasked.warnings() == [
                "P/static_validator: is not run: no group states a static_validation_score"
            ])
        let missing = try PackageFolder(
            ["data/secret/test_group.yaml": "static_validation_score: pass-fail\n"],
            yaml: MetadataTests.modern)
        #expect(
            missing.refusal()
                == "P/data/secret/test_group.yaml:1: static_validation_score, but the "
                + "package holds no static_validator")
    }
}
