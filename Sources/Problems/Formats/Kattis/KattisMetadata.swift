import JudgeCore

/// What problem.yaml says beside its limits.
struct KattisMetadata {
    /// Who compares outputs with answers.
    enum Validation {
        case standard(YAMLKey?)
        case custom(YAMLKey)
        /// Whatever output validator is there; else the default one.
        case byDirectory
    }

    private(set) var version: String
    private(set) var family: KattisPackage.Family
    private(set) var name: String?
    /// Language codes; nil for all.
    private(set) var languages: [String]?
    private(set) var allowFileWriting = false
    /// For every test, before those of its group.
    private(set) var validatorFlags: [String] = []
    private(set) var validation = Validation.byDirectory
    private(set) var constants = Constants()
    private(set) var communication: Communication?
    var kind = ProblemKind()
    private(set) var warnings: [String] = []
    /// Where it is said that a test is more than one run, and in what words.
    private(set) var passes: (key: YAMLKey, words: String)?

    private static let commonKeys: Set<String> = [
        "problem_format_version", "name", "uuid", "type", "source", "license", "rights_owner",
        "keywords", "limits", "languages", "validation", "communication",
    ]
    private static let legacyKeys: Set<String> = [
        "author", "source_url", "validator_flags", "grading", "libraries",
    ]
    private static let currentKeys: Set<String> = [
        "credits", "version", "embargo_until", "allow_file_writing", "constants",
    ]

    init(_ yaml: YAMLMap) throws(ProblemsError) {
        let stated = try yaml.text("problem_format_version")
        version = stated ?? "legacy"
        guard let known = KattisPackage.versions.first(where: { [version] in $0.name == version })
        else {
            throw ProblemsError(
                "the format version \(version) is not known; this judge reads "
                    + KattisPackage.versions.map(\.name).joined(separator: ", "),
                file: yaml.file, line: yaml.value("problem_format_version")?.line)
        }
        family = known.family
        try readName(yaml)
        try readType(yaml)
        try readValidation(yaml)
        if let codes = try yaml.list("languages", lone: words), codes != ["all"] {
            languages = codes
        }
        try readCommunication(yaml)
        switch family {
        case .legacy: try readLegacy(yaml)
        case .current: try readCurrent(yaml)
        }
    }

    private mutating func readName(_ yaml: YAMLMap) throws(ProblemsError) {
        guard let key = yaml.value("name") else {
            if family == .current {
                throw ProblemsError("states no name, which its format requires", file: yaml.file)
            }
            return
        }
        guard case .map(let names) = key.value.content else {
            name = try yaml.text("name")
            return
        }
        let byLanguage = YAMLMap(file: yaml.file, keys: names, prefix: "name.")
        name = try byLanguage.text("en")
        if name == nil, let first = names.first { name = try byLanguage.text(first.name) }
    }

    private mutating func readType(_ yaml: YAMLMap) throws(ProblemsError) {
        guard let types = try yaml.list("type", lone: words), let key = yaml.value("type") else {
            return
        }
        guard !types.isEmpty else { throw yaml.error(key, "type must name a type of problem") }
        for type in types {
            switch type {
            case "pass-fail": break
            case "scoring": kind.objective = .max
            case "multi-pass": kind.isMultiPass = true
            case "interactive": kind.isInteractive = true
            case "submit-answer": kind.isSubmitAnswer = true
            default: throw yaml.error(key, "type: \"\(type)\" is not a type of problem")
            }
            if kind.hasPasses, passes == nil { passes = (key, "type: \(type)") }
        }
        for pair in [
            ["pass-fail", "scoring"], ["submit-answer", "multi-pass"],
            ["submit-answer", "interactive"],
        ] where pair.allSatisfy(types.contains) {
            throw yaml.error(key, "type: a problem is not both \(pair[0]) and \(pair[1])")
        }
    }

    /// `default`, or `custom` with words in any order. From 2023-07 on the type says what the words
    /// did, but drafts still wrote them.
    private mutating func readValidation(_ yaml: YAMLMap) throws(ProblemsError) {
        guard let key = yaml.value("validation") else { return }
        var modes = words(try yaml.text("validation") ?? "")
        if modes == ["default"] {
            validation = .standard(key)
            return
        }
        guard let place = modes.firstIndex(of: "custom") else {
            throw yaml.error(key, "validation must be default or custom")
        }
        modes.remove(at: place)
        validation = .custom(key)
        for mode in modes {
            switch mode {
            case "interactive": kind.isInteractive = true
            case "multi-pass": kind.isMultiPass = true
            case "score": kind.validatorScores = true
            default: throw yaml.error(key, "validation: custom knows no \"\(mode)\"")
            }
            if kind.hasPasses, passes == nil { passes = (key, "validation: \(mode)") }
        }
    }

    private mutating func readLegacy(_ yaml: YAMLMap) throws(ProblemsError) {
        // No key is as good as `default`: a validator that nobody names is not run.
        if case .byDirectory = validation { validation = .standard(nil) }
        validatorFlags = words(try yaml.text("validator_flags") ?? "")
        if let grading = try yaml.map("grading") {
            if let key = grading.value("objective") {
                guard let objective = Objective(rawValue: try grading.text("objective") ?? "")
                else { throw grading.error(key, "grading.objective must be max or min") }
                if kind.objective != nil { kind.objective = objective }
            }
            warnings += grading.unknown(besides: ["objective", "show_test_data_groups"])
        }
        warnings += yaml.unknown(besides: Self.commonKeys.union(Self.legacyKeys))
    }

    private mutating func readCurrent(_ yaml: YAMLMap) throws(ProblemsError) {
        if let key = yaml.value("validator_flags") {
            throw yaml.error(
                key,
                "validator_flags is not part of format \(version); state output_validator_args in "
                    + "data/secret/test_group.yaml")
        }
        try readConstants(yaml)
        allowFileWriting = try yaml.bool("allow_file_writing") ?? false
        if yaml.value("uuid") == nil {
            warnings.append("\(yaml.file): states no uuid, which its format requires")
        }
        warnings += yaml.unknown(besides: Self.commonKeys.union(Self.currentKeys))
    }

    /// Programs talk to a manager as one program talks to an interactor.
    private mutating func readCommunication(_ yaml: YAMLMap) throws(ProblemsError) {
        guard let key = yaml.value("communication"),
            let (found, more) = try Communication.read(from: yaml)
        else { return }
        guard kind.isInteractive else {
            throw yaml.error(
                key, "communication needs an interactive problem, whose validator is the manager")
        }
        guard !kind.isMultiPass else {
            throw yaml.error(key, "communication: a problem has either several passes or programs")
        }
        communication = found
        warnings += more
    }

    private mutating func readConstants(_ yaml: YAMLMap) throws(ProblemsError) {
        guard let map = try yaml.map("constants") else { return }
        for key in map.keys {
            guard Constants.isName(key.name) else {
                throw map.error(
                    key,
                    "constants: \"\(key.name)\" cannot be a name: use letters, digits and _, not "
                        + "beginning with a digit")
            }
            guard let value = try map.text(key.name) else {
                throw map.error(key, "constants.\(key.name) must be a text or a number")
            }
            constants.define(key.name, as: value)
        }
    }
}
