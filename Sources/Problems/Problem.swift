package import JudgeCore
package import Units

/// A problem as its package says, ready to be judged. Test data stays in files.
package struct Problem: Sendable {
    /// Short name: the package directory's, or the one it was installed under.
    package var id: String
    package var name: String
    package var formatVersion: String
    /// Absolute path of the package directory.
    package var directory: String
    /// CPU time; nil when the package states none and it must be computed from its accepted submissions.
    package var timeLimit: Duration?
    package var limits: ProblemLimits
    /// Language codes that may be submitted; nil for all.
    package var languages: [String]?
    /// Whether a submission may create and change files in its working directory.
    package var allowFileWriting: Bool
    package var kind: ProblemKind
    /// Where submissions read and write.
    package var streams = ProblemStreams()
    package var programs: ProblemPrograms
    /// Of submissions that are several programs at one time; nil for one program.
    package var communication: Communication?
    package var included: IncludedFiles
    package var constants: Constants
    /// In judging order: sample before secret, by name within.
    package var tests: [TestCase]
    /// The same tests as a tree, with the rules that grade them.
    package var data: TestGroup
    package var examples: [ExampleSubmission]
    /// What was ignored or doubtful, one sentence each with file and line.
    package var warnings: [String]

    package init(
        id: String, name: String, formatVersion: String, directory: String,
        timeLimit: Duration?, limits: ProblemLimits, languages: [String]?,
        allowFileWriting: Bool = false, kind: ProblemKind = ProblemKind(),
        programs: ProblemPrograms = ProblemPrograms(), included: IncludedFiles = IncludedFiles(),
        constants: Constants = Constants(), tests: [TestCase], data: TestGroup? = nil,
        examples: [ExampleSubmission], warnings: [String]
    ) {
        self.id = id
        self.name = name
        self.formatVersion = formatVersion
        self.directory = directory
        self.timeLimit = timeLimit
        self.limits = limits
        self.languages = languages
        self.allowFileWriting = allowFileWriting
        self.kind = kind
        self.programs = programs
        self.included = included
        self.constants = constants
        self.tests = tests
        self.data = data ?? .passFail(testCount: tests.count)
        self.examples = examples
        self.warnings = warnings
    }

    /// Whether the format is 2023-07 or later, which forbids what the legacy formats let pass.
    package var isStrict: Bool { !formatVersion.hasPrefix("legacy") }

    /// Whether submissions are programs, which need a time limit; else they are answers.
    package var runsPrograms: Bool { !kind.isSubmitAnswer }
}

/// Limits of the package's `limits` key with the format's defaults where it has none.
package struct ProblemLimits: Sendable, Equatable {
    package var memory: ByteCount = .mebibytes(2048)
    package var output: ByteCount = .mebibytes(8)
    package var code: ByteCount = .kibibytes(128)
    package var compilationTime: Duration = .seconds(60)
    package var compilationMemory: ByteCount = .mebibytes(2048)
    package var validationTime: Duration = .seconds(60)
    package var validationMemory: ByteCount = .mebibytes(2048)
    package var validationOutput: ByteCount = .mebibytes(8)
    package var acToTimeLimit: Double = 2
    package var timeLimitToTLE: Double = 1.5
    package var timeResolution: Double = 1

    package init() {}
}

/// One input with its answer.
package struct TestCase: Sendable, Equatable {
    /// Path below `data/` without ending: `secret/02`.
    package var name: String
    /// Directory below `data/`: `secret`.
    package var group: String
    /// Absolute host paths.
    package var inputPath: String
    package var answerPath: String
    /// Flags of the output validator for this test.
    package var validatorFlags: [String]
    /// What the submission gets on its command line.
    package var arguments: [String]
    /// What the submission finds in its working directory; plain names.
    package var files: [PackageFile]
    /// Whether it is the static validator's case of its group, which reads the submission and runs
    /// nothing: then it has no files of its own, and `validatorFlags` are that validator's.
    package var isStaticValidation = false
    /// What the package gives for it; nil where it states none, which also the Kattis/ICPC format does.
    package var points: Double?

    package init(
        name: String, group: String, inputPath: String, answerPath: String,
        validatorFlags: [String], arguments: [String] = [], files: [PackageFile] = [],
        points: Double? = nil
    ) {
        self.points = points
        self.name = name
        self.group = group
        self.inputPath = inputPath
        self.answerPath = answerPath
        self.validatorFlags = validatorFlags
        self.arguments = arguments
        self.files = files
    }
}
