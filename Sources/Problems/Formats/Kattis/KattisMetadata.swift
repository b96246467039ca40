/// What problem.yaml says beside its limits.
struct KattisMetadata {
    private(set) var version: String
    private(set) var family: KattisPackage.Family
    private(set) var name: String?
    /// Language codes; nil for all.
    private(set) var languages: [String]?
    private(set) var allowFileWriting = false
    /// For every test, before those of its group.
    private(set) var validatorFlags: [String] = []
    private(set) var warnings: [String] = []

    private static let commonKeys: Set<String> = [
        "problem_format_version", "name", "uuid", "type", "source", "license", "rights_owner",
        "keywords", "limits", "languages",
    ]
    private static let legacyKeys: Set<String> = [
        "author", "source_url", "validation", "validator_flags", "grading", "libraries",
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
        try checkType(yaml)
        if let codes = try yaml.list("languages", lone: words), codes != ["all"] {
            languages = codes
        }
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

    private func checkType(_ yaml: YAMLMap) throws(ProblemsError) {
        guard let types = try yaml.list("type", lone: words), let key = yaml.value("type") else {
            return
        }
        for type in types where type != "pass-fail" {
            switch type {
            case "scoring", "multi-pass", "interactive", "submit-answer":
                throw yaml.error(key, "type: \(type) problems are not supported yet")
            default:
                throw yaml.error(key, "type: \"\(type)\" is not a type of problem")
            }
        }
    }

    private mutating func readLegacy(_ yaml: YAMLMap) throws(ProblemsError) {
        if let key = yaml.value("validation") {
            let mode = words(try yaml.text("validation") ?? "")
            if mode.first == "custom" {
                let what = mode.contains("interactive") ? "interactors" : "output validators"
                throw yaml.error(
                    key, "validation: \(what) of a package's own are not supported yet")
            }
            guard mode == ["default"] else {
                throw yaml.error(key, "validation must be default or custom")
            }
        }
        validatorFlags = words(try yaml.text("validator_flags") ?? "")
        if let grading = try yaml.map("grading") {
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
        if let key = yaml.value("validation"), try yaml.text("validation") != "default" {
            throw yaml.error(
                key, "validation: output validators of a package's own are not supported yet")
        }
        if let key = yaml.value("constants") {
            guard let constants = try yaml.map("constants"), constants.keys.isEmpty else {
                throw yaml.error(key, "constants are not supported yet")
            }
        }
        allowFileWriting = try yaml.bool("allow_file_writing") ?? false
        if yaml.value("uuid") == nil {
            warnings.append("\(yaml.file): states no uuid, which its format requires")
        }
        warnings += yaml.unknown(besides: Self.commonKeys.union(Self.currentKeys))
    }
}
