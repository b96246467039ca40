import JudgeCore
import Problems
import Testing

@Suite("Groups and points of packages")
struct ScoringTests {
    static let scoring = MetadataTests.modern + "type: scoring\nlimits: {time_limit: 1}\n"

    static func files(_ tests: [String], _ more: [String: String]) -> [String: String] {
        DataTests.tests(tests).merging(more) { _, new in new }
    }

    static func members(_ group: TestGroup) -> [TestGroup] {
        group.members.compactMap { if case .group(let group) = $0 { group } else { nil } }
    }

    @Test("Legacy groups inherit each key from the nearest group that states it")
    func legacyInheritance() throws {
        let folder = try PackageFolder(
            Self.files(
                ["sample/1", "secret/a/1", "secret/b/1"],
                [
                    "data/testdata.yaml":
                        "grader_flags: ignore_sample\non_reject: continue\nrange: 0 100\n",
                    "data/secret/testdata.yaml": "accept_score: 5\ngrader_flags: min\n",
                    "data/secret/b/testdata.yaml": "on_reject: break\nreject_score: '-1'\n",
                ]), yaml: "type: scoring\ngrading: {objective: min}\n", data: false)
        let problem = try folder.load()
        #expect(problem.kind.objective == .min)
        guard case .legacy(let root) = problem.data.rule else {
            Issue.record("not a legacy rule")
            return
        }
        #expect(root.flags.ignoresSample && !root.breaksOnReject && root.range == 0...100)
        let groups = Self.members(problem.data)
        #expect(groups.map(\.name) == ["sample", "secret"])
        guard case .legacy(let sample) = groups[0].rule, groups.count == 2,
            case .legacy(let second) = Self.members(groups[1])[1].rule
        else {
            Issue.record("not legacy rules")
            return
        }
        #expect(!sample.flags.ignoresSample && sample.acceptScore == 1)
        #expect(second.breaksOnReject && second.rejectScore == -1 && second.acceptScore == 5)
        #expect(second.flags.scoreMode == .min && second.range == 0...100)
    }

    @Test("Later formats: secret gives 100 points as the sum of its groups unless it says else")
    func laterGroups() throws {
        let folder = try PackageFolder(
            Self.files(
                ["sample/1", "secret/a/deep/2", "secret/a/1", "secret/b/1"],
                [
                    "data/secret/a/test_group.yaml": "max_score: 40\nargs: [x]\n",
                    "data/secret/b/test_group.yaml":
                        "max_score: 60\nscore_aggregation: sum\nrequire_pass: [sample, secret/a]\n",
                ]), yaml: Self.scoring, data: false)
        let problem = try folder.load()
        #expect(problem.data.rule == .whole && problem.kind.objective == .max)
        let groups = Self.members(problem.data)
        #expect(
            groups[0].rule
                == .points(PointsRule(maxScore: nil, aggregation: .passFail, isUnscored: true)))
        #expect(groups[1].rule == .points(PointsRule(maxScore: 100, aggregation: .sum)))
        let inner = Self.members(groups[1])
        #expect(inner[0].rule == .points(PointsRule(maxScore: 40, aggregation: .passFail)))
        #expect(
            inner[1].rule
                == .points(
                    PointsRule(
                        maxScore: 60, aggregation: .sum, requirePass: ["sample", "secret/a"])))
        #expect(inner[0].members == [.test(1), .test(2)])
        #expect(problem.tests.map(\.arguments) == [[], ["x"], ["x"], []])
        #expect(problem.tests[2].name == "secret/a/deep/2")
    }

    static let refused: [(files: [String: String], refusal: String)] = [
        (["data/secret/a/test_group.yaml": ""], "P/data/secret/a: must state max_score"),
        (
            ["data/secret/a/test_group.yaml": "max_score: 101\n"],
            "P/data/secret: its groups give 101.0 points together"
        ),
        (
            ["data/secret/a/test_group.yaml": "max_score: -1\n"],
            "P/data/secret/a/test_group.yaml:1: max_score must be unbounded or a whole number"
        ),
        (
            ["data/secret/a/test_group.yaml": "max_score: 1.5\n"],
            "P/data/secret/a/test_group.yaml:1: max_score must be unbounded or a whole number"
        ),
        (
            ["data/secret/a/test_group.yaml": "score_aggregation: avg\n"],
            "P/data/secret/a/test_group.yaml:1: score_aggregation must be"
        ),
        (
            ["data/secret/a/test_group.yaml": "max_score: 1\nrequire_pass: secret/b\n"],
            "P/data/secret/a/test_group.yaml:2: require_pass: secret/b is neither sample nor an"
        ),
        (
            [
                "data/secret/a/test_group.yaml": "max_score: 1\nscore_aggregation: sum\n",
                "data/secret/b/test_group.yaml": "max_score: 1\nrequire_pass: secret/a\n",
                "data/secret/b/1.in": "", "data/secret/b/1.ans": "",
            ], "P/data/secret/b/test_group.yaml:2: require_pass: secret/a is not a pass-fail"
        ),
        (
            [
                "data/secret/test_group.yaml": "max_score: unbounded\n",
                "data/secret/a/test_group.yaml": "max_score: unbounded\n",
            ], "P/data/secret/a: is pass-fail and must state max_score"
        ),
        (
            [
                "data/secret/test_group.yaml": "max_score: unbounded\n",
                "data/secret/a/test_group.yaml": "max_score: unbounded\nscore_aggregation: min\n",
            ], "P/data/secret/a/test_group.yaml:1: is unbounded, but the default output validator"
        ),
        (
            [
                "data/secret/test_group.yaml": "score_aggregation: pass-fail\n",
                "data/secret/a/test_group.yaml": "max_score: 1\nscore_aggregation: sum\n",
            ], "P/data/secret/a/test_group.yaml:2: must be pass-fail like secret"
        ),
        (["data/secret/1.in": "", "data/secret/1.ans": ""], "P/data/secret: holds tests beside"),
        (
            [
                "data/secret/a/test_group.yaml": "max_score: 1\n",
                "data/secret/b/test_group.yaml": "max_score: 1\n",
            ], "P/data/secret/b: holds no test"
        ),
        (
            [
                "data/secret/a/test_group.yaml": "max_score: 1\n",
                "data/secret/a/b/test_group.yaml": "max_score: 1\n",
            ], "P/data/secret/a/b/test_group.yaml:1: max_score, score_aggregation and"
        ),
        (
            [
                "data/sample/test_group.yaml": "max_score: 1\n", "data/sample/1.in": "",
                "data/sample/1.ans": "",
            ],
            "P/data/sample/test_group.yaml:1: max_score, score_aggregation and require_pass are for"
        ),
        (
            [
                "data/testdata.yaml": "grader_flags: min\n",
                "data/secret/a/test_group.yaml": "max_score: 1\n",
            ], "P/data/testdata.yaml: grades beside P/data/secret/a/test_group.yaml"
        ),
    ]

    @Test("Points that cannot be right are refused with file and line", arguments: 0..<15)
    func refusals(row: Int) throws {
        let (files, refusal) = Self.refused[row]
        let folder = try PackageFolder(
            Self.files(["secret/a/1"], files), yaml: Self.scoring, data: false)
        let found = folder.refusal()
        #expect(found?.hasPrefix(refusal) == true, "\(found ?? "loaded")")
    }

    @Test("A draft of 2023-07 may grade with testdata.yaml")
    func draft() throws {
        let folder = try PackageFolder(
            Self.files(["secret/1"], ["data/secret/testdata.yaml": "accept_score: 7\n"]),
            yaml: "problem_format_version: 2023-07-draft\nname: x\nuuid: 1\ntype: scoring\n",
            data: false)
        guard case .legacy = try folder.load().data.rule else {
            Issue.record("not a legacy rule")
            return
        }
    }

    @Test("Partially accepted examples stay below the range's end")
    func partial() throws {
        let folder = try PackageFolder(
            [
                "submissions/partially_accepted/a.c": "",
                "data/testdata.yaml": "range: 0 100\n",
            ], yaml: "type: scoring\n")
        let example = try #require(try folder.load().examples.first)
        let range = try #require(example.expectations.first?.score)
        #expect(example.expected == [.accepted] && range.contains(99.99) && !range.contains(100))
        let passFail = try PackageFolder(["submissions/partially_accepted/a.c": ""])
        #expect(try passFail.load().examples.isEmpty)
    }
}
