import Foundation
import JudgeCore
import Problems
import Testing

@Suite("Programs and files that packages bring along")
struct ProgramsTests {
    /// What the loader refuses today is read all the same.
    static func read(_ files: [String: String], yaml: String = "validation: custom\n") throws
        -> Problem
    {
        let folder = try PackageFolder(files, yaml: yaml)
        return try withExtendedLifetime(folder) { try PackageLoader.read(directory: folder.path) }
    }

    @Test("Every directory and every lone program below output_validators is one")
    func validators() throws {
        let several = try Self.read([
            "output_validators/b/build": "", "output_validators/b/src/x.h": "",
            "output_validators/a/v.cpp": "", "output_validators/a/.gitkeep": "",
        ])
        let found = try #require(several.programs.outputValidators)
        #expect(found.map(\.path) == ["output_validators/a", "output_validators/b"])
        #expect(found[1].files.map(\.name) == ["build", "src/x.h"])
        #expect(found[1].hasScripts && !found[0].hasScripts)
        let lone = try Self.read([
            "output_validators/v.py": "", "output_validators/w.cpp": "",
            "output_validators/README.md": "", "output_validators/validate.h": "",
        ])
        #expect(
            lone.programs.outputValidators?.map(\.path)
                == ["output_validators/v.py", "output_validators/w.cpp"])
    }

    @Test("A loose file beside a validator's directory is no second validator")
    func looseFile() throws {
        let problem = try Self.read(["output_validators/v/v.cpp": "", "output_validators/x.py": ""])
        #expect(problem.programs.outputValidators?.map(\.path) == ["output_validators/v"])
        #expect(problem.warnings.contains { $0.contains("x.py: lies beside a program") })
    }

    @Test("DOMjudge's legacy packages keep their validator in output_validator")
    func singular() throws {
        let problem = try Self.read(
            ["output_validator/v.py": ""], yaml: "validation: custom multi-pass\n")
        #expect(problem.programs.outputValidators?.map(\.path) == ["output_validator"])
        #expect(problem.kind.isMultiPass && problem.kind.passes == 2)
    }

    @Test("The words of validation come in any order")
    func validation() throws {
        let files = ["output_validators/v.py": ""]
        let problem = try Self.read(files, yaml: "validation: score custom interactive\n")
        #expect(problem.kind.isInteractive && problem.kind.validatorScores)
    }

    @Test("An interactive or multi-pass package has one output validator, which takes part")
    func oneValidator() throws {
        let two = ["output_validators/v.py": "", "output_validators/w.py": ""]
        for word in ["interactive", "multi-pass"] {
            let yaml = "validation: custom \(word)\n"
            #expect(
                try PackageFolder(two, yaml: yaml).refusal()
                    == "P/problem.yaml:1: validation: \(word), but the package holds 2 output "
                    + "validators; one can take part")
            let none = try PackageFolder([:], yaml: MetadataTests.modern + "type: \(word)\n")
            #expect(
                none.refusal() == "P/problem.yaml:4: type: \(word), but the package holds no "
                    + "output validator")
        }
    }

    @Test("Legacy validators that validation does not name are not run")
    func unnamed() throws {
        let files = ["output_validators/v.py": ""]
        for yaml in ["", "name: x\n", "validation: default\n"] {
            let problem = try PackageFolder(files, yaml: yaml).load()
            #expect(problem.programs.outputValidators == nil)
        }
        let later = try PackageFolder(files, yaml: MetadataTests.modern + "validation: default\n")
        #expect(
            later.refusal() == "P/problem.yaml:4: validation: default, but the package holds "
                + "output_validators/v.py")
    }

    @Test("Types, passes, static validators and graders are read")
    func kinds() throws {
        let yaml =
            MetadataTests.modern
            + "type: [scoring, interactive, multi-pass]\nlimits: {validation_passes: 5}\n"
        let problem = try Self.read(
            [
                "output_validator/run": "", "static_validator/v.py": "",
                "data/secret/test_group.yaml": "max_score: unbounded\n",
            ], yaml: yaml)
        #expect(problem.kind.isInteractive && problem.kind.isMultiPass)
        #expect(problem.kind.passes == 5 && problem.kind.objective == .max)
        #expect(problem.programs.staticValidator?.files.map(\.name) == ["v.py"])
        let legacy = try Self.read(
            ["graders/g.py": "", "data/testdata.yaml": "grading: custom\n"], yaml: "type: scoring\n"
        )
        #expect(legacy.programs.grader?.path == "graders/g.py")
        let answers = try Self.read([:], yaml: MetadataTests.modern + "type: submit-answer\n")
        #expect(answers.kind.isSubmitAnswer)
    }

    @Test("Files to include are those of the language, else the default ones")
    func included() throws {
        let problem = try PackageFolder([
            "include/cpp/runner.cpp": "", "include/cpp/.keep": "", "include/python/main.py": "",
            "include/default/data.txt": "", "include/README": "",
        ]).load()
        #expect(problem.included.files(for: "cpp").map(\.name) == ["runner.cpp"])
        #expect(problem.included.files(for: "python3").map(\.name) == ["main.py"])
        #expect(problem.included.files(for: "c").map(\.name) == ["data.txt"])
        #expect(problem.warnings.contains { $0.contains("include/README: is in no language") })
        let two = try PackageFolder(["include/python/a.py": "", "include/python3/b.py": ""])
        #expect(two.refusal() == "P/include/python3: python3 has two directories")
    }

    @Test("A test brings arguments and files, its own before its group's")
    func argumentsAndFiles() throws {
        let folder = try PackageFolder(
            [
                "data/secret/test_group.yaml": "args: [a, 'b c']\n",
                "data/secret/1.yaml": "args: []\n", "data/secret/1.files/words.txt": "x",
                "data/secret/1.files/.keep": "", "data/secret/2.in": "", "data/secret/2.ans": "",
                "data/secret/3.files/lost": "",
            ], yaml: MetadataTests.modern)
        let problem = try folder.load()
        #expect(problem.tests.map(\.arguments) == [[], ["a", "b c"]])
        #expect(problem.tests[0].files.map(\.name) == ["words.txt"])
        #expect(problem.tests[0].files[0].path.hasSuffix("/data/secret/1.files/words.txt"))
        #expect(problem.tests[1].files.isEmpty)
        #expect(
            try folder.warnings() == ["P/data/secret/3.files: belongs to no input and is ignored"])
        let legacy = try PackageFolder(["data/secret/1.files/x": ""])
        #expect(
            legacy.refusal()?.hasPrefix("P/data/secret/1.files: files of a single test are") == true
        )
    }

    static func constants(_ yaml: String) throws -> Constants {
        try PackageFolder([:], yaml: MetadataTests.modern + "constants: \(yaml)\n").load().constants
    }

    @Test(
        "Constants replace their tags and nothing else",
        arguments: [
            ("{{n}}", "3"), ("x{{n}}{{name_2}}y", "x3{{n}}y"), ("{{ n }}", "{{ n }}"),
            ("{{m}}", "{{m}}"), ("{{{n}}}", "{3}"), ("{{n}", "{{n}"), ("{n}}", "{n}}"),
            ("{{n", "{{n"), ("{{", "{{"), ("{{}}", "{{}}"), ("", ""), ("{{f}}", "1.50"),
        ])
    func replacing(text: String, result: String) throws {
        let constants = try Self.constants("{n: 3, name_2: '{{n}}', f: 1.50}")
        let bytes = try #require(constants.applied(to: Array(text.utf8), atMost: 1_000))
        #expect(String(decoding: bytes, as: UTF8.self) == result)
    }

    @Test("A text that constants would blow up is not made")
    func blowUp() throws {
        let constants = try Self.constants("{n: \(String(repeating: "x", count: 1_000))}")
        let text = Array(String(repeating: "{{n}}", count: 100_000).utf8)
        #expect(constants.applied(to: text, atMost: 1 << 20) == nil)
        #expect(constants.applied(to: text, atMost: 100_000_000)?.count == 100_000_000)
    }

    @Test("Constants are put into test_group.yaml, not into the case's own file")
    func constantsInGroups() throws {
        let folder = try PackageFolder(
            [
                "data/secret/test_group.yaml": "args: ['{{n}}']\n",
                "data/secret/2.in": "", "data/secret/2.ans": "",
                "data/secret/2.yaml": "args: ['{{n}}']\n",
            ], yaml: MetadataTests.modern + "constants: {n: 7}\n")
        #expect(try folder.load().tests.map(\.arguments) == [["7"], ["{{n}}"]])
    }
}
