import Problems
import Testing

@Suite("Packages whose submissions are answers")
struct AnswerPackageTests {
    static let yaml = MetadataTests.modern + "type: submit-answer\n"

    @Test("A submit-answer package is read, and its examples are answers of any usual ending")
    func examples() throws {
        let folder = try PackageFolder(
            [
                "submissions/accepted/all/1.ans": "@EXPECTED_RESULTS@: TIMELIMIT\n",
                "submissions/accepted/all/.keep": "", "submissions/accepted/1.out": "3\n",
                "submissions/wrong_answer/1.txt": "4\n", "submissions/wrong_answer/1": "5\n",
                "submissions/wrong_answer/x.disabled": "", "submissions/wrong_answer/x.md": "",
            ], yaml: Self.yaml)
        let problem = try folder.load()
        #expect(problem.kind.isSubmitAnswer && !problem.runsPrograms)
        #expect(
            problem.examples.map(\.path) == [
                "submissions/accepted/1.out", "submissions/accepted/all",
                "submissions/wrong_answer/1", "submissions/wrong_answer/1.txt",
            ])
        #expect(problem.examples[1].files.map(\.name) == ["1.ans"])
        #expect(problem.examples.allSatisfy { $0.mistake == nil })
        #expect(problem.warnings.isEmpty)
    }

    @Test("What is for programs counts for nothing where answers are submitted, and is warned of")
    func programs() throws {
        let folder = try PackageFolder(
            ["include/cpp/main.cpp": "", ".timelimit": "2\n"],
            yaml: Self.yaml + "languages: [cpp]\n")
        let problem = try folder.load()
        #expect(problem.timeLimit == nil && problem.languages == nil)
        #expect(problem.included.byLanguage.isEmpty)
        #expect(
            try folder.warnings() == [
                "P/problem.yaml: answers are submitted, so that a time limit, languages, included "
                    + "files counts for nothing"
            ])
    }

    @Test("A static validator beside submitted answers is refused")
    func staticValidator() throws {
        let folder = try PackageFolder(["static_validator/v.py": ""], yaml: Self.yaml)
        #expect(
            folder.refusal() == "P/static_validator: a static validator reads programs, but type: "
                + "submit-answer has answers submitted")
    }

    @Test("Answers exclude passes and interaction", arguments: ["multi-pass", "interactive"])
    func excluded(other: String) throws {
        let folder = try PackageFolder(
            [:], yaml: MetadataTests.modern + "type: [submit-answer, \(other)]\n")
        #expect(
            folder.refusal()?.hasSuffix("type: a problem is not both submit-answer and \(other)")
                == true)
    }
}
