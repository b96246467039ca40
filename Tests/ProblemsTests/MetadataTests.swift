import Problems
import Testing
import Units

@Suite struct MetadataTests {
    @Test("A package is named for its directory, or as one asks")
    func names() throws {
        let folder = try PackageFolder([:], yaml: "")
        #expect(try folder.load().id == "aplusb")
        #expect(try folder.load().name == "aplusb")
        #expect(try PackageLoader.load(directory: folder.path + "/", id: "other").id == "other")
        #expect(throws: ProblemsError.self) {
            try PackageLoader.load(directory: folder.path, id: "../other")
        }
    }

    @Test(
        "All five names of format versions are read",
        arguments: ["legacy", "legacy-icpc", "2023-07-draft", "2023-07", "2025-09"])
    func versions(version: String) throws {
        let folder = try PackageFolder(
            [:], yaml: "problem_format_version: \(version)\nname: {sv: Hej, en: Hi}\nuuid: 1\n")
        let problem = try folder.load()
        #expect(problem.formatVersion == version)
        #expect(problem.name == "Hi")
        #expect(problem.warnings.isEmpty)
        #expect(problem.limits.acToTimeLimit == (version.hasPrefix("legacy") ? 5 : 2))
        #expect(problem.isStrict == !version.hasPrefix("legacy"))
    }

    static let modern = "problem_format_version: 2025-09\nname: T\nuuid: 1\n"

    static let refused: [(yaml: String, refusal: String)] = [
        ("problem_format_version: 2031-01", "P/problem.yaml:1: the format version 2031-01"),
        ("name: [", "P/problem.yaml:"),
        ("- a\n", "P/problem.yaml:1: is not a mapping"),
        ("name: a\nname: b\n", "P/problem.yaml:1: states name twice"),
        ("name: x\nlimits: 3\n", "P/problem.yaml:2: limits must be a mapping"),
        ("limits:\n  memory: lots\n", "P/problem.yaml:2: limits.memory must be a number"),
        ("limits:\n  memory: 0\n", "P/problem.yaml:2: limits.memory must be a number above 0"),
        ("limits:\n  memory: -5\n", "P/problem.yaml:2: limits.memory"),
        ("limits:\n  output: nan\n", "P/problem.yaml:2: limits.output"),
        ("limits:\n  time_limit: inf\n", "P/problem.yaml:2: limits.time_limit"),
        ("limits:\n  time_limit: '2'\n", "P/problem.yaml:2: limits.time_limit"),
        ("limits:\n  memory: 9999999999\n", "P/problem.yaml:2: limits.memory"),
        ("type: [pass-fail, scoring]\n", "P/problem.yaml:1: type: a problem is not both"),
        ("type: [submit-answer, interactive]\n", "P/problem.yaml:1: type: a problem is not both"),
        ("type: []\n", "P/problem.yaml:1: type must name a type"),
        ("type: scoring\ngrading: {objective: top}\n", "P/problem.yaml:2: grading.objective must"),
        ("limits:\n  validation_passes: 1\n", "P/problem.yaml:2: limits.validation_passes must"),
        ("limits:\n  validation_passes: 2.5\n", "P/problem.yaml:2: limits.validation_passes must"),
        ("type: pass-fail interactive\n", "P/problem.yaml:1: type: interactive, but the"),
        ("type: [pass-fail, multi-pass]\n", "P/problem.yaml:1: type: multi-pass, but the"),
        ("type: nonsense\n", "P/problem.yaml:1: type: \"nonsense\" is not a type"),
        ("validation: custom\n", "P/problem.yaml:1: validation: custom, but the package holds no"),
        ("validation: custom quiet\n", "P/problem.yaml:1: validation: custom knows no \"quiet\""),
        ("validation: {a: b}\n", "P/problem.yaml:1: validation must be a text"),
        ("validation: sometimes\n", "P/problem.yaml:1: validation must be default or custom"),
        ("validator_flags: [a]\n", "P/problem.yaml:1: validator_flags must be a text"),
        ("languages: {a: b}\n", "P/problem.yaml:1: languages must be"),
        ("a: &x 1\nb: *x\n", "P/problem.yaml:1: has an anchor or alias"),
        ("? [a, b]\n: c\n", "P/problem.yaml:1: a key is not a plain word"),
        (modern + "validator_flags: case_sensitive\n", "P/problem.yaml:4: validator_flags is not"),
        (modern + "constants: {2n: 3}\n", "P/problem.yaml:4: constants: \"2n\" cannot be a name"),
        (modern + "constants: {n: [3]}\n", "P/problem.yaml:4: constants.n must be a text"),
        (modern + "constants: {n: }\n", "P/problem.yaml:4: constants.n must be a text"),
        (modern + "constants: 3\n", "P/problem.yaml:4: constants must be a mapping"),
        (modern + "allow_file_writing: maybe\n", "P/problem.yaml:4: allow_file_writing must be"),
        ("problem_format_version: 2025-09\n", "P/problem.yaml: states no name"),
        (
            modern + "limits:\n  time_limit: 1.3\n  time_resolution: 0.5\n",
            "P/problem.yaml:5: time_limit is not a multiple"
        ),
    ]

    @Test("A broken or unsupported problem.yaml is refused at its line", arguments: 0..<37)
    func refusals(row: Int) throws {
        let (yaml, refusal) = Self.refused[row]
        let found = try PackageFolder([:], yaml: yaml).refusal()
        #expect(found?.hasPrefix(refusal) == true, "\(found ?? "loaded")")
    }

    @Test("The table of refusals is whole")
    func tableIsWhole() { #expect(Self.refused.count == 37) }

    @Test("A package without problem.yaml, or that is no directory, is refused")
    func noPackage() throws {
        let folder = try PackageFolder([:], yaml: nil)
        #expect(
            folder.refusal()
                == "P: is not a problem package: it holds neither problem.yaml nor problem.xml")
        #expect(throws: ProblemsError.self) {
            try PackageLoader.load(directory: folder.path + "/nowhere")
        }
        #expect(throws: ProblemsError.self) {
            try PackageLoader.load(directory: folder.path + "/data/secret/1.in")
        }
    }

    @Test(
        "A file of aliases that would unfold to gigabytes is refused at once",
        .timeLimit(.minutes(1)))
    func aliasBomb() throws {
        var yaml = "a0: &a0 [x, x]\n"
        for level in 1..<40 {
            let below = "*a\(level - 1)"
            yaml += "a\(level): &a\(level) [\(below), \(below)]\n"
        }
        #expect(try PackageFolder([:], yaml: yaml).refusal()?.contains("anchor or alias") == true)
        yaml += "? *a39\n: x\n"
        #expect(try PackageFolder([:], yaml: yaml).refusal()?.contains("anchor or alias") == true)
    }

    @Test("Stars in comments and texts are no aliases")
    func stars() throws {
        let yaml = String(repeating: "# * note ****\n", count: 50) + "name: A *star* & more\n"
        #expect(try PackageFolder([:], yaml: yaml).load().name == "A *star* & more")
    }

    @Test("A huge, a deeply nested and a binary problem.yaml are refused")
    func hostile() throws {
        let long = String(repeating: "# x\n", count: 70_000)
        #expect(
            try PackageFolder([:], yaml: long).refusal()?.contains("has more than 262144") == true)
        let deep = "a: " + String(repeating: "[", count: 100_000)
        #expect(try PackageFolder([:], yaml: deep).refusal()?.contains("problem.yaml") == true)
        let nul = try PackageFolder([:], yaml: "name: \u{0}\n")
        #expect(nul.refusal()?.contains("is not YAML") == true)
    }

    @Test("Unknown keys are warned of with their lines, and nothing else")
    func unknownKeys() throws {
        let folder = try PackageFolder(
            [:],
            yaml: "name: x\nshow_test_data_groups: yes\nlimits:\n  disk: 3\n  time_limit: 1\n")
        #expect(
            try folder.warnings().sorted() == [
                "P/problem.yaml:2: the key show_test_data_groups is not known and is ignored",
                "P/problem.yaml:4: the key limits.disk is not known and is ignored",
            ])
    }

    @Test("Limits are read in the format's units")
    func limits() throws {
        let problem = try PackageFolder(
            [:],
            yaml: """
                limits:
                  time_limit: 1.5
                  memory: 256
                  output: 4
                  code: 64
                  compilation_time: 30
                  compilation_memory: 512
                  time_multiplier: 3
                  time_safety_margin: 1.25
                """
        ).load()
        #expect(problem.timeLimit == .milliseconds(1_500))
        #expect(problem.limits.memory == .mebibytes(256))
        #expect(problem.limits.output == .mebibytes(4))
        #expect(problem.limits.code == .kibibytes(64))
        #expect(problem.limits.compilationTime == .seconds(30))
        #expect(problem.limits.compilationMemory == .mebibytes(512))
        #expect(problem.limits.acToTimeLimit == 3)
        #expect(problem.limits.timeLimitToTLE == 1.25)
        let modern = try PackageFolder(
            [:],
            yaml: Self.modern
                + "limits:\n  time_resolution: 0.1\n  time_multipliers: {ac_to_time_limit: 4}\n"
        ).load()
        #expect(modern.timeLimit == nil)
        #expect(modern.limits.timeResolution == 0.1 && modern.limits.acToTimeLimit == 4)
    }

    @Test("The time limit comes from problem.yaml, then domjudge-problem.ini, then .timelimit")
    func timeLimitFiles() throws {
        let files = ["domjudge-problem.ini": "name=x\ntimelimit = '2.5'\n", ".timelimit": "4\n"]
        let both = try PackageFolder(files, yaml: "name: x\n")
        #expect(try both.load().timeLimit == .milliseconds(2_500))
        #expect(
            try both.warnings() == [
                "P/.timelimit:1: states another time limit than P/domjudge-problem.ini:2, which counts"
            ])
        let all = try PackageFolder(files, yaml: "limits: {time_limit: 1}\n")
        #expect(try all.load().timeLimit == .seconds(1))
        let dot = try PackageFolder([".timelimit": "4\n"], yaml: "")
        #expect(try dot.load().timeLimit == .seconds(4))
        let wrong = try PackageFolder([".timelimit": "soon\n"], yaml: "")
        #expect(wrong.refusal()?.hasPrefix("P/.timelimit:1: the time limit \"soon\"") == true)
    }

    @Test("Languages and permission to write files are read")
    func languages() throws {
        let listed = try PackageFolder([:], yaml: Self.modern + "languages: [c, cpp]\n").load()
        #expect(listed.languages == ["c", "cpp"] && !listed.allowFileWriting)
        let all = try PackageFolder(
            [:], yaml: Self.modern + "languages: all\nallow_file_writing: true\n"
        ).load()
        #expect(all.languages == nil && all.allowFileWriting)
    }

    @Test(
        "A time limit is a multiple of the resolution above the slowest use times the factor",
        arguments: [
            (100, 5.0, 1.0, 1_000), (200, 5, 1, 1_000), (201, 5, 1, 2_000), (0, 5, 1, 1_000),
            (700, 2, 1, 2_000), (150, 2, 0.1, 300), (151, 2, 0.1, 400),
        ])
    func timeLimitRule(used: Int, factor: Double, resolution: Double, limit: Int) {
        var rule = ProblemLimits()
        rule.acToTimeLimit = factor
        rule.timeResolution = resolution
        #expect(
            TimeLimitRule.limit(slowest: .milliseconds(used), rule: rule) == .milliseconds(limit))
    }
}
