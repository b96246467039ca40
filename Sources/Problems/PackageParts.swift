package import JudgeCore

/// A regular file of a package.
package struct PackageFile: Sendable, Equatable {
    /// Below the directory that it is listed for; a plain name unless it lies deeper.
    package var name: String
    /// Absolute host path.
    package var path: String

    package init(name: String, path: String) {
        self.name = name
        self.path = path
    }
}

/// A validator, grader or interactor that the package brings along. Nothing has been built or run.
package struct PackageProgram: Sendable, Equatable {
    /// Below the package: `output_validators/check`.
    package var path: String
    /// One, or all of a directory at any depth; in order of their names' bytes.
    package var files: [PackageFile]
    /// What the package says of its language; nil: found by the files.
    package var language: LanguageWish?

    package init(path: String, files: [PackageFile], language: LanguageWish? = nil) {
        self.path = path
        self.files = files
        self.language = language
    }

    /// Whether a script `build` or `run` says how it is made and called.
    package var hasScripts: Bool {
        files.contains { $0.name == "build" || $0.name == "run" }
    }
}

/// What kind of judging a problem asks for beside comparing one output with one answer.
package struct ProblemKind: Sendable, Equatable {
    package var isInteractive = false
    package var isMultiPass = false
    package var isSubmitAnswer = false
    /// Runs of one test at most, in multi-pass problems.
    package var passes = 2
    /// nil in pass-fail problems.
    package var objective: Objective?
    /// Whether the output validators give the tests their scores (legacy `validation: custom score`).
    package var validatorScores = false

    package init() {}

    /// Whether a test is more than one run and one look at its output.
    package var hasPasses: Bool { isInteractive || isMultiPass }
}

/// Programs of the package that take part in judging.
package struct ProblemPrograms: Sendable, Equatable {
    /// Every one must accept; nil: the default validator.
    package var outputValidators: [PackageProgram]?
    package var staticValidator: PackageProgram?
    /// The one of the package's own, for the groups that ask for it; legacy formats.
    package var grader: PackageProgram?
    /// Those of a Polygon package, which are called in another way; nil in other formats.
    package var testlib: TestlibPrograms?

    package init() {}
}

/// The judging programs of a Polygon package, which take files by testlib's conventions.
package struct TestlibPrograms: Sendable, Equatable {
    /// nil only beside an interactor, which then decides alone.
    package var checker: PackageProgram?
    package var interactor: PackageProgram?

    package init(checker: PackageProgram? = nil, interactor: PackageProgram? = nil) {
        self.checker = checker
        self.interactor = interactor
    }
}

/// Where submissions find their input and leave their output.
package struct ProblemStreams: Sendable, Equatable {
    /// File of the working directory that holds the input; nil: standard input.
    package var inputFile: String?
    /// File of the working directory that is judged; nil: standard output.
    package var outputFile: String?

    package init() {}
}

/// Files that are copied beside a submission's before it is compiled.
package struct IncludedFiles: Sendable, Equatable {
    /// By language code; `default` stands for every language that has none of its own.
    package var byLanguage: [String: [PackageFile]] = [:]
    /// The file that starts instead of a submitted one, by language code.
    package var mainByLanguage: [String: String] = [:]

    package init() {}

    /// Those for a language: its own, else the default ones.
    package func files(for code: String) -> [PackageFile] {
        byLanguage[code] ?? byLanguage["default"] ?? []
    }

    package func main(for code: String) -> String? {
        mainByLanguage[code] ?? mainByLanguage["default"]
    }
}

/// Something a package needs that judging cannot do yet.
struct PackageNeed: Sendable, Equatable {
    var sentence: String
    var file: String
    var line: Int?
}
