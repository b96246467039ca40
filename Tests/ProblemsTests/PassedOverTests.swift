import Problems
import Testing

/// What packages hold and no judging needs.
@Suite struct PassedOverTests {
    @Test(
        "Statements, validators of inputs, invalid data and notes are passed over",
        arguments: ["", MetadataTests.modern])
    func files(yaml: String) throws {
        let names = [
            "problem_statement/problem.en.tex", "statement/problem.en.md", "solution/a.md",
            "input_validators/v.py", "input_format_validators/v/v.cpp", "input_visualizer/v.py",
            "data/invalid_input/1.in", "data/invalid_inputs/1.in", "data/invalid_answers/1.in",
            "data/invalid_output/1.in", "data/valid_output/1.in", "data/secret/1.hint",
            "data/secret/1.desc", "data/secret/1.png", "data/secret/1.out",
            "data/sample/1.interaction", "data/sample/1.in.statement",
            "data/sample/1.ans.statement", "data/sample/1.in.download", "testdata_tools/gen.py",
            "attachments/kit.zip", ".memlimit", ".gitignore", "README.md", "testdata.yaml",
        ]
        let folder = try PackageFolder(
            Dictionary(uniqueKeysWithValues: names.map { ($0, "grading: x\n") }), yaml: yaml)
        #expect(try folder.load().tests.map(\.name) == ["secret/1"])
        #expect(try folder.warnings() == [])
    }

    @Test("Keys that do not concern judging are passed over, in either family of formats")
    func keys() throws {
        let legacy = try PackageFolder(
            [:],
            yaml: """
                name: x
                uuid: 1
                author: a, b
                source: somewhere
                source_url: https://example.org
                license: cc by-sa\u{20}
                rights_owner: c
                keywords: graph tree

                """)
        #expect(try legacy.warnings() == [])
        let later = try PackageFolder(
            [:],
            yaml: MetadataTests.modern + """
                credits: {authors: [a, b]}
                version: 1.2
                license: cc by-sa
                rights_owner: c
                source: {name: x, url: y}
                keywords: [graph]
                embargo_until: 2099-01-01
                """)
        #expect(try later.warnings() == [])
    }

    @Test("Flags of the validator that are empty or null are none")
    func emptyFlags() throws {
        for flags in ["''", "", "~", "null", "'  '"] {
            let folder = try PackageFolder([:], yaml: "validator_flags: \(flags)\n")
            #expect(try folder.load().tests.map(\.validatorFlags) == [[]], "\(flags)")
        }
    }

    @Test("From 2023-07 on a package without uuid is warned of, one without name refused")
    func nameAndUUID() throws {
        let version = "problem_format_version: 2025-09\n"
        #expect(try PackageFolder([:], yaml: version + "uuid: 1\n").refusal() != nil)
        let warnings = try PackageFolder([:], yaml: version + "name: x\n").warnings()
        #expect(warnings.count == 1 && warnings.first?.contains("uuid") == true, "\(warnings)")
        #expect(try PackageFolder([:], yaml: "").warnings() == [])
    }
}
