import Configuration
import Foundation
import JudgeCore
import Testing
import Units

@Suite("Languages of a section's own, and of languages.d")
struct LanguageFileTests {
    private static let made = """
        [language.made]
        name = "Made"
        code = "made"
        endings = [".made"]
        run = ["/bin/sh", "{entry}"]

        """

    /// A directory with these files below it; the settings that its judge.conf gives.
    private func settings(
        _ files: [String: String], then look: (Settings, String) throws -> Void
    ) throws {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "judge-languages-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        for (name, text) in files {
            let file = directory.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let path = directory.path(percentEncoded: false)
        try look(try Settings(file: path + "/judge.conf"), path)
    }

    private func message(_ files: [String: String]) -> String {
        do {
            try settings(files) { _, _ in }
            return ""
        } catch {
            return "\(error)".replacing(/^.*judge-languages-[^\/]*\//, with: "")
        }
    }

    @Test("Files of languages.d add languages to those of judge.conf, in order of their names")
    func added() throws {
        try settings([
            "judge.conf": "[worker]\nslots = 2\n", "languages.d/made.conf": Self.made,
            "languages.d/note.txt": "no section", "languages.d/.hidden.conf": "no section",
        ]) { settings, _ in
            let languages = try Settings.builtIn().languages.map(\.id) + ["made"]
            #expect(settings.languages.map(\.id) == languages.sorted())
        }
        try settings([
            "judge.conf": Self.made.replacing("made", with: "own"),
            "languages.d/made.conf": Self.made,
        ]) { settings, _ in
            #expect(settings.languages.map(\.id) == ["made", "own"])
        }
    }

    @Test("A mistake in a file of languages.d is reported with that file and line")
    func mistakes() {
        func message(_ text: String) -> String {
            self.message(["judge.conf": "", "languages.d/a.conf": text])
        }
        #expect(
            message("\n[worker]\nslots = 2\n")
                == "languages.d/a.conf:2: \"worker\" does not belong here: files of languages.d have "
                + "[language.ID] sections only")
        #expect(
            message(Self.made + "detectd = true\n")
                == "languages.d/a.conf:6: unknown key \"detectd\" in [language.made]; "
                + "did you mean \"detected\"?")
        #expect(
            message(Self.made.replacing(".made]", with: ".c17]"))
                == "languages.d/a.conf:1: there is a language c17 already; give this one another id"
        )
        #expect(
            message(Self.made.replacing("\".made\"", with: "\".c\"") + "detected = true\n")
                == "languages.d/a.conf:6: detected: .c chooses c17 already; "
                + "set detected = false in one of the two")
        #expect(message("").hasSuffix("a.conf: has no [language.ID] section"))
        #expect(message("x = = 1").hasPrefix("languages.d/a.conf:1: not TOML"))
    }

    @Test("A pipe in languages.d is refused, not waited for")
    func pipe() throws {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "judge-languages-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.path(percentEncoded: false)
        try FileManager.default.createDirectory(
            atPath: path + "/languages.d", withIntermediateDirectories: true)
        try Data().write(to: directory.appending(path: "judge.conf"))
        try #require(mkfifo(path + "/languages.d/a.conf", 0o600) == 0)
        let error = #expect(throws: ConfigurationError.self) {
            try Settings(file: path + "/judge.conf")
        }
        #expect("\(try #require(error))".hasSuffix("/a.conf: cannot be read: it is no file"))
    }

    @Test("A language that is like another one has all of it that it does not say itself")
    func like() throws {
        let text =
            "[language.c17-new]\nlike = \"c17\"\nname = \"C17 of GCC 13\"\n"
            + "version = [\"/opt/gcc/bin/gcc\", \"--version\"]\n"
        try settings(["judge.conf": "", "languages.d/a.conf": text]) { settings, _ in
            let old = try #require(settings.languages.first { $0.id == "c17" })
            let new = try #require(settings.languages.first { $0.id == "c17-new" })
            var expected = old
            expected.id = "c17-new"
            expected.name = "C17 of GCC 13"
            expected.detected = false
            expected.version = ["/opt/gcc/bin/gcc", "--version"]
            #expect(new == expected)
            #expect(settings.smokePrograms["c17-new"] == settings.smokePrograms["c17"])
        }
        try settings([
            "judge.conf": Self.made + "[language.other]\nlike = \"made\"\ncode = \"x\"\n"
        ]) { settings, _ in
            #expect(settings.languages.map(\.code) == ["made", "x"])
        }
        #expect(
            message(["judge.conf": "[language.x]\nname = \"X\"\nlike = \"phyton3\"\n"])
                == "judge.conf:3: like: there is no language \"phyton3\"; did you mean \"python3\"?"
        )
        #expect(
            message([
                "judge.conf": "[language.x]\nlike = \"y\"\n[language.y]\nlike = \"c17\"\n"
            ]) == "judge.conf:2: like: \"y\" is itself like another one; name that one")
    }

    @Test("Smoke programs are those beside the file that names them, else the program's own")
    func smokePrograms() throws {
        let named = Self.made + "smoke = \"tries/made\"\n"
        try settings([
            "judge.conf": "", "languages.d/made.conf": Self.made, "languages.d/made/reads.made": "",
            "languages/python3/reads.py": "",
        ]) { settings, path in
            #expect(settings.smokePrograms["made"] == path + "/languages.d/made")
            #expect(settings.smokePrograms["python3"] == path + "/languages/python3")
            #expect(settings.smokePrograms["c17"] == "c")
        }
        try settings(["judge.conf": named, "tries/made/reads.made": ""]) { settings, path in
            #expect(settings.smokePrograms == ["made": path + "/tries/made"])
        }
    }

    @Test("A section says steps, entry, mounts, costs and words of memory")
    func keys() throws {
        let text =
            Self.made + """
                compile = [["/bin/a", "{sources}"], ["/bin/b"]]
                products = ["p"]
                entry = "java-class"
                interpreters = ["made"]
                read_only = ["/etc/made", "/opt/a:/opt/b"]
                out_of_memory = ["no more memory"]
                open_files = 99
                base_time = "20ms"
                base_memory = "3MiB"

                """
        let language = try #require(try Settings(text: text, file: "judge.conf").languages.first)
        #expect(language.compileSteps == [["/bin/a", "{sources}"], ["/bin/b"]])
        #expect(language.hostPrograms == ["/bin/a", "/bin/b", "/bin/sh"])
        #expect(language.entryRule == .javaClass)
        #expect(language.interpreters == ["made"])
        #expect(language.readOnly == ["/etc/made", "/opt/a:/opt/b"])
        #expect(language.outOfMemory == ["no more memory"])
        #expect(language.openFiles == 99)
        #expect(language.baseTime == .milliseconds(20))
        #expect(language.baseMemory == .mebibytes(3))
    }

    @Test(
        "What a language's section cannot mean is refused with its line",
        arguments: [
            ("compile = [[\"/a\"], []]\n", "compile: has an empty list in it; name a program"),
            (
                "compile = [[\"/a\"], [\"b\"]]\nproducts = [\"p\"]\n",
                "compile: \"b\" is not the absolute path of a program"
            ),
            (
                "compile = [1]\n",
                "compile: must be a list of texts, or a list of such lists: [[\"one\"], [\"two\"]]"
            ),
            (
                "entry = \"class\"\n",
                "entry: \"class\" is not one of \"file\", \"java-class\", \"kotlin-class\", \"scala-object\""
            ),
            (
                "read_only = [\"etc\"]\n",
                "read_only: \"etc\" is neither an absolute path nor \"HOST:INSIDE\""
            ),
            (
                "read_only = [\"/a/../etc\"]\n",
                "read_only: \"/a/../etc\" is neither an absolute path nor \"HOST:INSIDE\""
            ),
            (
                "read_only = [\"/./\"]\n",
                "read_only: \"/./\" is neither an absolute path nor \"HOST:INSIDE\""
            ),
            ("out_of_memory = [\"\"]\n", "out_of_memory: \"\" has not between 4 and 200 bytes"),
        ])
    func refused(lines: String, text: String) {
        #expect(message(["judge.conf": Self.made + lines]) == "judge.conf:6: " + text)
    }
}
