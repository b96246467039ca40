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
        let late = found["submissions/time_limit_exceeded/c.c"]?.expectations.first
        #expect(late?.permitted == [.accepted, .timeLimit, .wrongAnswer])
        #expect(late?.required == [.timeLimit] && late?.bound == .upper)
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
                == [.wrongAnswer, .timeLimit, .runTimeError])
        #expect(
            later.found["submissions/brute_force/b.c"]?.expected == [.timeLimit, .runTimeError])
        let legacy = try Self.examples(files)
        #expect(legacy.found.isEmpty && legacy.warnings.count == 2)
    }

    @Test("A tag in the source says it where the directory does not")
    func tags() throws {
        let (found, warnings) = try Self.examples([
            "submissions/mixed/a.c": "// @EXPECTED_RESULTS@: TIMELIMIT, correct */\n",
            "submissions/mixed/b.c": "int main;\n",
            "submissions/mixed/g.c": "// @EXPECTED_RESULTS@: CHECK-MANUALLY\n",
            "submissions/mixed/e.c": "/* @EXPECTED_RESULTS@: NO-OUTPUT */",
            "submissions/accepted/f.c": "// @EXPECTED_RESULTS@: TIMELIMIT\n",
        ])
        #expect(found["submissions/mixed/a.c"]?.expected == [.accepted, .timeLimit])
        #expect(found["submissions/mixed/a.c"]?.expectations.map(\.subject) == [.submission])
        #expect(found["submissions/mixed/e.c"]?.expected == [.wrongAnswer])
        #expect(found["submissions/accepted/f.c"]?.expected == [.accepted])
        #expect(found["submissions/accepted/f.c"]?.mistake == nil)
        #expect(
            warnings == [
                "P/submissions/mixed/b.c: nothing says what is expected of it, so it is not judged",
                "P/submissions/mixed/g.c: is to be checked by hand, so it is not judged",
            ])
    }

    @Test("A tag that says nothing certain is a mistake, and its example is judged all the same")
    func mistakenTags() throws {
        let (found, warnings) = try Self.examples([
            "submissions/mixed/c.c":
                "// @EXPECTED_RESULTS@: CORRECT\n// @EXPECTED_RESULTS@: NO-OUTPUT\n",
            "submissions/mixed/d.c": "// @EXPECTED_RESULTS@: FINE\n",
            "submissions/mixed/two/a.c": "// @EXPECTED_RESULTS@: CORRECT\n",
            "submissions/mixed/two/b.c": "// @EXPECTED_RESULTS@: CORRECT\n",
        ])
        #expect(warnings.isEmpty)
        #expect(found["submissions/mixed/c.c"]?.mistake == "it states its expected results twice")
        #expect(
            found["submissions/mixed/d.c"]?.mistake == "the expected result \"FINE\" is not known")
        #expect(found["submissions/mixed/two"]?.mistake == "it states its expected results twice")
    }

    @Test("A score that a tag states is expected beside the verdict, in scoring problems")
    func scoreTags() throws {
        let files = [
            "submissions/mixed/a.c":
                "// @EXPECTED_RESULTS@: WRONG-ANSWER\n// @EXPECTED_SCORE@: 30\n",
            "submissions/accepted/b.c": "// @EXPECTED_SCORE@: 100 (of 100)\n",
        ]
        let scoring = try Self.examples(
            files, yaml: "name: x\ntype: scoring\nlimits:\n  time_limit: 1\n"
        ).found
        let first = try #require(scoring["submissions/mixed/a.c"]?.expectations)
        #expect(first.map(\.subject) == [.submissionOrFirstFailure, .submission])
        #expect(first[1].score?.contains(30) == true && first[1].score?.contains(30.1) == false)
        #expect(scoring["submissions/accepted/b.c"]?.expectations.last?.score != nil)
        let passFail = try Self.examples(files).found
        #expect(passFail["submissions/accepted/b.c"]?.expectations.count == 1)
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
        #expect(files.map(\.name) == ["a.cpp", "b.h"])
    }
}
