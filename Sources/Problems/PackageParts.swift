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

    package init(path: String, files: [PackageFile]) {
        self.path = path
        self.files = files
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
}

/// Programs of the package that take part in judging.
package struct ProblemPrograms: Sendable, Equatable {
    /// Every one must accept; nil: the default validator.
    package var outputValidators: [PackageProgram]?
    package var staticValidator: PackageProgram?
    /// By the group that asks for one; legacy formats.
    package var graders: [PackageProgram] = []

    package init() {}
}

/// Files that are copied beside a submission's before it is compiled.
package struct IncludedFiles: Sendable, Equatable {
    /// By language code; `default` stands for every language that has none of its own.
    package var byLanguage: [String: [PackageFile]] = [:]

    package init() {}

    /// Those for a language: its own, else the default ones.
    package func files(for code: String) -> [PackageFile] {
        byLanguage[code] ?? byLanguage["default"] ?? []
    }
}

/// Something a package needs that judging cannot do yet.
struct PackageNeed: Sendable, Equatable {
    var sentence: String
    var file: String
    var line: Int?
}
