import JudgeCore
import Problems
import Testing

@Suite struct ExamplesTests {
    static func examples(
        _ files: [String: String], yaml: String = "name: x\n"
    ) throws -> (found: [String: ExampleSubmission], warnings: [String]) {
        let folder = try PackageFolder(files, yaml: yaml)
        let problem = try folder.load()
        return (
            Dictionary(uniqueKeysWithValues: problem.examples.map { ($0.path, $0) }),
            try folder.warnings()
        )
    }

    @Test("The directory says what is expected")
    func directories() throws {
        let (found, warnings) = try Self.examples([
            "submissions/accepted/a.cpp": "", "submissions/wrong_answer/b.py": "",
            "submissions/time_limit_exceeded/c.c": "", "submissions/run_time_error/d.c": "",
            "submissions/compiler_error/e.c": "", "submissions/memory_limit_exceeded/f.c": "",
            "submissions/output_limit_exceeded/g.c": "",
        ])
        #expect(found.count == 7 && warnings.isEmpty)
        #expect(found["submissions/accepted/a.cpp"]?.expected == [.accepted])
        #expect(found["submissions/wrong_answer/b.py"]?.expected == [.wrongAnswer])
        #expect(found["submissions/time_limit_exceeded/c.c"]?.expected == [.timeLimit])
        #expect(found["submissions/time_limit_exceeded/c.c"]?.tolerated == [.wrongAnswer])
        #expect(found["submissions/run_time_error/d.c"]?.expected == [.runTimeError])
        #expect(found["submissions/compiler_error/e.c"]?.expected == [.compilerError])
        #expect(found["submissions/memory_limit_exceeded/f.c"]?.expected == [.memoryLimit])
        #expect(found["submissions/output_limit_exceeded/g.c"]?.expected == [.outputLimit])
    }

    @Test("Directories that later formats add are read there and nowhere else")
    func laterDirectories() throws {
        let files = ["submissions/rejected/a.c": "", "submissions/brute_force/b.c": ""]
        let later = try Self.examples(files, yaml: MetadataTests.modern)
        #expect(
            later.found["submissions/rejected/a.c"]?.expected
                == [.runTimeError, .timeLimit, .wrongAnswer])
        #expect(
            later.found["submissions/brute_force/b.c"]?.expected == [.runTimeError, .timeLimit])
        let legacy = try Self.examples(files)
        #expect(legacy.found.isEmpty && legacy.warnings.count == 2)
    }

    @Test("A tag in the source says it where the directory does not")
    func tags() throws {
        let (found, warnings) = try Self.examples([
            "submissions/mixed/a.c": "// @EXPECTED_RESULTS@: TIMELIMIT, correct */\n",
            "submissions/mixed/b.c": "int main;\n",
            "submissions/mixed/c.c":
                "// @EXPECTED_RESULTS@: CORRECT\n// @EXPECTED_RESULTS@: NO-OUTPUT\n",
            "submissions/mixed/d.c": "// @EXPECTED_RESULTS@: FINE\n",
            "submissions/mixed/e.c": "/* @EXPECTED_RESULTS@: NO-OUTPUT */",
            "submissions/accepted/f.c": "// @EXPECTED_RESULTS@: TIMELIMIT\n",
        ])
        #expect(found["submissions/mixed/a.c"]?.expected == [.timeLimit, .accepted])
        #expect(found["submissions/mixed/e.c"]?.expected == [.wrongAnswer])
        #expect(found["submissions/accepted/f.c"]?.expected == [.accepted])
        #expect(found.count == 3)
        #expect(
            warnings.sorted() == [
                "P/submissions/mixed/b.c: nothing says what is expected of it, so it is not judged",
                "P/submissions/mixed/c.c: it states its expected results twice, so it is not judged",
                "P/submissions/mixed/d.c: the expected result \"FINE\" is not known, so it is not judged",
            ])
    }

    @Test("A directory is one submission of all its files, and litter is none")
    func directoriesAndLitter() throws {
        let (found, _) = try Self.examples([
            "submissions/accepted/two/a.cpp": "", "submissions/accepted/two/b.h": "",
            "submissions/accepted/x.cpp.disabled": "", "submissions/accepted/a.exe": "",
            "submissions/accepted/.gitkeep": "", "submissions/accepted/test file#.c": "",
            "submissions/README.md": "", "submissions/accepted/none/.keep": "",
        ])
        #expect(found.keys.sorted() == ["submissions/accepted/two"])
        let files = found["submissions/accepted/two"]?.files ?? []
        #expect(files.map { $0.split(separator: "/").last ?? "" } == ["a.cpp", "b.h"])
    }
}
