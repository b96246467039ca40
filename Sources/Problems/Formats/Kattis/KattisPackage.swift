import JudgeCore
import Units

/// One package of the Kattis/ICPC format, any version.
///
/// The versions fall into two families: `legacy` with `legacy-icpc`, and the formats from 2023-07 on,
/// which tools write under three names. All that judging needs is read; what judging cannot do yet is
/// listed. `docs/problems.md` says what was decided where the tools differ.
struct KattisPackage {
    enum Family { case legacy, current }

    static let fileName = "problem.yaml"

    let root: PackageDirectory
    let id: String

    static let versions: [(name: String, family: Family)] = [
        ("legacy", .legacy), ("legacy-icpc", .legacy), ("2023-07-draft", .current),
        ("2023-07", .current), ("2025-09", .current),
    ]

    func read() throws(ProblemsError) -> (problem: Problem, needs: [PackageNeed]) {
        guard let entry = try root.entry(Self.fileName), entry.kind == .file else {
            throw ProblemsError("holds no file \(Self.fileName)", file: root.shown)
        }
        let yaml = try YAMLFile.read(entry)
        var metadata = try KattisMetadata(yaml)
        let family = metadata.family
        var limits = try KattisLimits(yaml, family: family)
        try limits.readTimeLimitFiles(of: root)
        metadata.kind.passes = limits.passes ?? metadata.kind.passes

        var programs = KattisPrograms(root: root, family: family)
        let judging = try self.programs(&programs, metadata: metadata, yaml: yaml)
        let (included, nested) = try programs.included()
        var data = KattisData(
            root: root, family: family, validatorFlags: metadata.validatorFlags,
            constants: metadata.constants)
        let node = try data.read()
        if family == .current, let first = data.testdataFile, let second = data.testGroupFile {
            throw ProblemsError(
                "grades beside \(second); a package has one of the two", file: first)
        }
        if let place = data.customGrading, judging.grader == nil {
            throw ProblemsError(
                family == .legacy
                    ? "grading: custom, but the package holds no grader in graders"
                    : "grading: custom is part of the legacy format alone",
                file: place.file, line: place.line)
        }
        if let place = data.staticValidation, judging.staticValidator == nil,
            !metadata.kind.isSubmitAnswer
        {
            throw ProblemsError(
                "static_validation_score, but the package holds no static_validator",
                file: place.file, line: place.line)
        }
        var tree = KattisTree(
            data: node, isScoring: metadata.kind.objective != nil,
            isLegacy: family == .legacy || data.testdataFile != nil,
            hasOwnValidator: judging.outputValidators != nil)
        let groups = try tree.make(testCount: data.tests.count)
        var examples = KattisExamples(
            root: root, family: family, kind: metadata.kind, data: groups, tests: data.tests)
        try examples.read()

        var problem = Problem(
            id: id, name: metadata.name ?? id, formatVersion: metadata.version,
            directory: root.path, timeLimit: limits.timeLimit, limits: limits.limits,
            languages: metadata.languages, allowFileWriting: metadata.allowFileWriting,
            kind: metadata.kind, programs: judging, included: included,
            constants: metadata.constants, tests: data.tests, data: groups,
            examples: examples.found,
            warnings: metadata.warnings + limits.warnings + programs.warnings + data.warnings
                + tree.warnings + examples.warnings)
        problem.communication = metadata.communication
        if problem.communication != nil, let place = data.staticValidation {
            throw ProblemsError(
                "static_validation_score is for one program, but communication has several",
                file: place.file, line: place.line)
        }
        if problem.kind.isSubmitAnswer {
            try forgetPrograms(&problem, staticCase: data.staticValidation)
        }
        if let validator = judging.staticValidator, data.staticValidation == nil {
            problem.warnings.append(
                "\(root.shown)/\(validator.path): is not run: no group states a "
                    + "static_validation_score")
        }
        let needs = [nested].compactMap(\.self) + data.needs
        return (problem, needs)
    }

    /// The programs that judge, which must be there when the metadata names them and the reverse.
    private func programs(
        _ programs: inout KattisPrograms, metadata: KattisMetadata, yaml: YAMLMap
    ) throws(ProblemsError) -> ProblemPrograms {
        var found = ProblemPrograms()
        let validators = try programs.outputValidators()
        switch metadata.validation {
        case .custom(let key):
            guard validators != nil else {
                throw yaml.error(
                    key, "validation: custom, but the package holds no output validator")
            }
            found.outputValidators = validators
        case .standard(let key):
            // In the legacy formats validators that nobody names are not run.
            if metadata.family == .current, let key, let validator = validators?.first {
                throw yaml.error(
                    key, "validation: default, but the package holds \(validator.path)")
            }
        case .byDirectory:
            found.outputValidators = validators
        }
        if metadata.family == .legacy {
            let graders = try programs.programs(in: "graders")
            guard graders.count <= 1 else {
                throw ProblemsError(
                    "is a second grader beside \(graders[0].path); a package has one",
                    file: "\(root.shown)/\(graders[1].path)")
            }
            found.grader = graders.first
        }
        found.staticValidator = try programs.staticValidator()
        if let (key, words) = metadata.passes {
            guard let own = found.outputValidators else {
                throw yaml.error(key, "\(words), but the package holds no output validator")
            }
            guard own.count == 1 else {
                throw yaml.error(
                    key,
                    "\(words), but the package holds \(own.count) output validators; one can "
                        + "take part")
            }
        }
        return found
    }

    /// What is for programs means nothing where answers are submitted; a validator of sources is a
    /// mistake there.
    private func forgetPrograms(
        _ problem: inout Problem, staticCase: (file: String, line: Int)?
    ) throws(ProblemsError) {
        if let staticCase {
            throw ProblemsError(
                "static_validation_score is for programs, but type: submit-answer has answers "
                    + "submitted", file: staticCase.file, line: staticCase.line)
        }
        if let validator = problem.programs.staticValidator {
            throw ProblemsError(
                "a static validator reads programs, but type: submit-answer has answers submitted",
                file: "\(root.shown)/\(validator.path)")
        }
        var stated: [String] = []
        if problem.timeLimit != nil { stated.append("a time limit") }
        if problem.languages != nil { stated.append("languages") }
        if !problem.included.byLanguage.isEmpty { stated.append("included files") }
        problem.timeLimit = nil
        problem.languages = nil
        problem.included = IncludedFiles()
        guard !stated.isEmpty else { return }
        problem.warnings.append(
            "\(root.shown)/\(Self.fileName): answers are submitted, so that "
                + "\(stated.joined(separator: ", ")) counts for nothing")
    }
}
