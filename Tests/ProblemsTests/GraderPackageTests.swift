import JudgeCore
import Problems
import Testing

@Suite("Packages with a grader of their own")
struct GraderPackageTests {
    static func rules(_ group: TestGroup) -> [String: LegacyRule] {
        var rules: [String: LegacyRule] = [:]
        if case .legacy(let rule) = group.rule { rules[group.name] = rule }
        for case .group(let group) in group.members {
            rules.merge(Self.rules(group)) { first, _ in first }
        }
        return rules
    }

    @Test("Grading and its flags are inherited, and the grader gets the flags as they are")
    func inherited() throws {
        let folder = try PackageFolder(
            ScoringTests.files(
                ["sample/1", "secret/a/1", "secret/b/1", "secret/c/1"],
                [
                    "graders/g.py": "",
                    "data/testdata.yaml":
                        "grading: custom\ngrader_flags: ignore_sample --odd\n",
                    "data/secret/a/testdata.yaml": "grader_flags: [points, '7 x']\n",
                    "data/secret/b/testdata.yaml": "grading: default\ngrader_flags: min\n",
                ]), yaml: "type: scoring\n", data: false)
        let problem = try folder.load()
        #expect(problem.programs.grader?.path == "graders/g.py")
        #expect(problem.data.asksGrader)
        let rules = Self.rules(problem.data)
        #expect(rules[""]?.ownGraderFlags == ["ignore_sample", "--odd"])
        #expect(rules["secret"]?.ownGraderFlags == ["--odd"])
        #expect(rules["secret/a"]?.ownGraderFlags == ["points", "7 x"])
        #expect(rules["secret/b"]?.ownGraderFlags == nil)
        #expect(rules["secret/b"]?.flags.scoreMode == .min)
        #expect(rules["secret/c"]?.ownGraderFlags == ["--odd"])
        #expect(problem.warnings.isEmpty)
    }

    static let refused: [(files: [String: String], refusal: String)] = [
        (
            ["data/secret/testdata.yaml": "on_reject: continue\ngrading: custom\n"],
            "P/data/secret/testdata.yaml:2: grading: custom, but the package holds no grader"
        ),
        (
            ["graders/a.py": "", "graders/b.py": ""],
            "P/graders/b.py: is a second grader beside graders/a.py; a package has one"
        ),
        (
            [
                "graders/a.py": "", "data/testdata.yaml": "grading: custom\ngrader_flags: odd\n",
                "data/secret/testdata.yaml": "grading: default\n",
            ], "P/data/secret/testdata.yaml:1: grader_flags: \"odd\" is not a flag of the default"
        ),
    ]

    @Test("Graders that are missing, several, or meant for another are refused", arguments: 0..<3)
    func refusals(row: Int) throws {
        let (files, refusal) = Self.refused[row]
        let found = try PackageFolder(files, yaml: "type: scoring\n").refusal()
        #expect(found?.hasPrefix(refusal) == true, "\(found ?? "loaded")")
    }

    @Test("A grader that no group asks for is not run, and later formats have none")
    func unasked() throws {
        let unasked = try PackageFolder(["graders/g.py": ""]).load()
        #expect(!unasked.data.asksGrader)
        let draft = try PackageFolder(
            ["graders/g.py": "", "data/testdata.yaml": "grading: custom\n"],
            yaml: "problem_format_version: 2023-07-draft\nname: x\nuuid: 1\ntype: scoring\n")
        #expect(
            draft.refusal()
                == "P/data/testdata.yaml:1: grading: custom is part of the legacy format alone")
    }
}
