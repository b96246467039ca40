import Configuration
import JudgeCore
import Testing
import Units

@Suite struct ConfigurationTests {
    @Test("Without a file the built-in settings hold")
    func builtIn() throws {
        let settings = try Settings.builtIn()
        #expect(settings.database.path == "judge.db")
        #expect(settings.worker.name == nil)
        #expect(settings.sandbox.tmpSize == .mebibytes(64))
        for id in ["c11", "c17", "cpp17", "cpp20", "cpp23", "python3", "java"] {
            #expect(settings.languages.contains { $0.id == id })
        }
    }

    @Test("A file changes what it names and nothing else")
    func partial() throws {
        let text = """
            [worker]
            slots = 3
            lease = "1.5min"
            [limits]
            wall_factor = 2
            [sandbox]
            read_only = ["/opt/jdk:/opt/jdk"]
            """
        var expected = try Settings.builtIn()
        expected.worker.slots = 3
        expected.worker.lease = .seconds(90)
        expected.limits.wallFactor = 2
        expected.sandbox.readOnly = try [#require(ReadOnlyMount("/opt/jdk:/opt/jdk"))]
        #expect(try Settings(text: text, file: "judge.conf") == expected)
    }

    @Test("A file with one language has no other")
    func languages() throws {
        let settings = try Settings(text: rust, file: "judge.conf")
        #expect(settings.languages.map(\.id) == ["rust"])
        #expect(settings.languages.first?.processes == 32)
        #expect(settings.languages.first?.products == ["main"])
    }

    @Test("A mistake is reported with file, line and what would be right", arguments: mistakes)
    func mistake(text: String, message: String) {
        #expect {
            try Settings(text: text, file: "judge.conf")
        } throws: { error in
            "\(error)" == message
        }
    }

    @Test("A text that is not TOML is reported with its line")
    func syntax() {
        #expect {
            try Settings(text: "[worker]\nslots = = 2\n", file: "judge.conf")
        } throws: { error in
            "\(error)".hasPrefix("judge.conf:2: not TOML: ")
        }
    }
}

private let rust = """
    [language.rust]
    name = "Rust"
    code = "rust"
    endings = [".rs"]
    compile = ["/usr/bin/rustc", "-O", "{sources}"]
    products = ["main"]
    run = ["/box/main"]

    """

private let mistakes: [(text: String, message: String)] = [
    (
        "[worker]\n\nslot = 2\n",
        "judge.conf:3: unknown key \"slot\" in [worker]; did you mean \"slots\"?"
    ),
    (
        "# one\n[worker]\nslots = 2 # two\nfoo = [ # three\n 1,\n 2]\n",
        "judge.conf:4: unknown key \"foo\" in [worker]; known are attempts, lease, log, name, repeat_share, slots, spread_tests, stop"
    ),
    (
        "[wroker]\nslots = 2\n",
        "judge.conf:1: unknown section \"wroker\"; did you mean [worker]?"
    ),
    (
        "\nslots = 2\n",
        "judge.conf:2: unknown section or key \"slots\"; it belongs in [worker]"
    ),
    (
        "[sandbox]\ntmp_size = \"256\"\n",
        "judge.conf:2: tmp_size: \"256\" is not a size: write a number and B, KiB, MiB or GiB"
    ),
    (
        "[sandbox]\ntmp_size = \"256MB\"\n",
        "judge.conf:2: tmp_size: \"256MB\" is not a size: \"256M\" is not a number"
    ),
    (
        "[sandbox]\ntmp_size = 256\n",
        "judge.conf:2: tmp_size: must be a size in quotes with its unit: \"256MiB\""
    ),
    (
        "[worker]\nlease = \"30\"\n",
        "judge.conf:2: lease: \"30\" is not a time: write a number and us, ms, s, min, h or d"
    ),
    (
        "[worker]\nlease = \"10ms\"\n",
        "judge.conf:2: lease: 10ms is not between 2.000 s and 86400.000 s"
    ),
    (
        "[worker]\nslots = \"2\"\n",
        "judge.conf:2: slots: must be a whole number without quotes"
    ),
    ("[worker]\nslots = 0\n", "judge.conf:2: slots: 0 is not between 1 and 1024"),
    (
        "[limits]\nwall_factor = \"3\"\n",
        "judge.conf:2: wall_factor: must be a number without quotes"
    ),
    (
        rust + "syscalls = [\n  \"numa\",\n  \"disk_space\",\n]\n",
        "judge.conf:8: syscalls: \"disk_space\" is no class of system calls to ask for; "
            + "did you mean \"disk-space\"?"
    ),
    (
        rust + "syscalls = [\"ptrace\"]\n",
        "judge.conf:8: syscalls: \"ptrace\" is no class of system calls to ask for; known are "
            + "disk-space, file-copies, interfaces, numa, priorities, range-locks, read-ahead"
    ),
    ("worker = 3\n", "judge.conf:1: worker must be a section: [worker]"),
    (
        "worker.\"slots\" = 2\nworker . leese = \"2s\"\n",
        "judge.conf:2: unknown key \"leese\" in [worker]; did you mean \"lease\"?"
    ),
    (
        "[\"worker\"]\nname = \"\"\"\nslots = 1\n\"\"\"\nslots = 0\n",
        "judge.conf:5: slots: 0 is not between 1 and 1024"
    ),
    (
        "[worker]\nname = 'C:\\'\nslots = 0\n",
        "judge.conf:3: slots: 0 is not between 1 and 1024"
    ),
    (
        "[worker]\nname = \"a\\\"#[b\"\nslots = 0\n",
        "judge.conf:3: slots: 0 is not between 1 and 1024"
    ),
    (
        "worker = { slots = 2,\tlese = \"2s\" }\n",
        "judge.conf:1: unknown key \"lese\" in [worker]; did you mean \"lease\"?"
    ),
    (
        "[sandbox]\nread_only = [\n  \"/a:/a\", # fine\n  \"b\",\n]\n",
        "judge.conf:2: read_only: \"b\" is not a mount: write \"HOST:INSIDE\" with two absolute "
            + "paths"
    ),
    (
        rust + "compil = []\n",
        "judge.conf:8: unknown key \"compil\" in [language.rust]; did you mean \"compile\"?"
    ),
    (
        rust.replacing("{sources}", with: "{source}"),
        "judge.conf:5: compile: \"{source}\" stands for nothing; did you mean {sources}?"
    ),
    (
        rust.replacing("{sources}", with: "{header}"),
        "judge.conf:5: compile: \"{header}\" stands for nothing; known are {sources}, {entry}, "
            + "{memory_mib}, {heap_mib}, {stack_kib}, {precompiled}"
    ),
    (
        rust.replacing("{sources}", with: "{precompiled}"),
        "judge.conf:5: compile: {precompiled} needs header"
    ),
    (rust + "header = \"a.h\"\n", "judge.conf:8: header: needs precompile"),
    (rust + "precompile = [\"/a\"]\n", "judge.conf:8: precompile: needs header"),
    (
        rust + "header = \"a.h\"\nprecompile = [\"/a\", \"{header}\", \"{precompiled}\"]\n",
        "judge.conf:8: header: needs {precompiled} in compile"
    ),
    (
        rust.replacing("\"{sources}\"", with: "\"{sources}\", \"{precompiled}\"")
            + "header = \"a.h\"\nprecompile = [\"/a\", \"{header}\"]\n",
        "judge.conf:9: precompile: needs {precompiled}"
    ),
    (
        rust.replacing("\"{sources}\"", with: "\"{sources}\", \"{precompiled}\"")
            + "header = \"../a.h\"\nprecompile = [\"/a\", \"{header}\", \"{precompiled}\"]\n",
        "judge.conf:8: header: \"../a.h\" is not the name of a header as it is included"
    ),
    (
        rust.replacing("/box/main", with: "main"),
        "judge.conf:7: run: \"main\" is not the absolute path of a program"
    ),
    (
        rust.replacing("run = [\"/box/main\"]\n", with: ""),
        "judge.conf:1: run is missing: it must be a list of texts: [\"one\", \"two\"]"
    ),
    (
        rust.replacing("name = \"Rust\"", with: "name = true"),
        "judge.conf:2: name: must be text in quotes"
    ),
    (
        rust.replacing("[language.rust]", with: "[language.\"Rust 1\"]"),
        "judge.conf:1: \"Rust 1\" is not a language id: use 1 to 32 of a-z, 0-9, _ and -"
    ),
    (
        rust + "detected = true\n" + rust.replacing(".rust]", with: ".rust21]")
            + "detected = true\n",
        "judge.conf:16: detected: .rs chooses rust already; set detected = false in one of the two"
    ),
]
