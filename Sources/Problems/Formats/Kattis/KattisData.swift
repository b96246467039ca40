/// The test data: every `X.in` with its `X.ans` below `data/sample` and `data/secret`, in judging
/// order.
struct KattisData {
    let root: PackageDirectory
    let family: KattisPackage.Family
    /// Of problem.yaml, before those of the groups.
    let validatorFlags: [String]
    private(set) var tests: [TestCase] = []
    private(set) var warnings: [String] = []

    private static let otherDirectories: Set<String> = [
        "invalid_input", "invalid_inputs", "invalid_output", "invalid_outputs", "valid_output",
        "valid_outputs", "invalid_answers", "valid_inputs",
    ]

    init(root: PackageDirectory, family: KattisPackage.Family, validatorFlags: [String]) {
        self.root = root
        self.family = family
        self.validatorFlags = validatorFlags
    }

    mutating func read() throws(ProblemsError) {
        guard let data = try root.entry("data"), data.kind == .directory else {
            throw ProblemsError("has no directory data with tests", file: root.shown)
        }
        let entries = try root.list(data).entries
        let flags = try groupFlags(entries) ?? []
        for name in ["sample", "secret"] {
            guard let group = entries.first(where: { $0.name == name && $0.kind == .directory })
            else { continue }
            try readGroup(group, name: name, inherited: flags, depth: 1)
        }
        for entry in entries where !["sample", "secret"].contains(entry.name) {
            let isDirectory = entry.kind == .directory
            if isDirectory != entry.name.hasSuffix(".in"),
                !Self.otherDirectories.contains(entry.name),
                isDirectory || entry.name.hasSuffix(".in")
            {
                warnings.append("\(entry.shown): is neither in sample nor in secret and not judged")
            }
        }
        guard !tests.isEmpty else {
            throw ProblemsError(
                "holds no test: put X.in and X.ans into data/secret", file: data.shown)
        }
        if !tests.contains(where: { $0.name.hasPrefix("secret/") }) {
            warnings.append("\(data.shown): holds no secret test, only samples")
        }
    }

    /// Cases and groups of one directory are ordered together, by name without ending.
    private mutating func readGroup(
        _ directory: PackageEntry, name: String, inherited: [String], depth: Int
    ) throws(ProblemsError) {
        guard depth < PackageDirectory.depthLimit else {
            throw ProblemsError(
                "is nested more than \(PackageDirectory.depthLimit) deep", file: directory.shown)
        }
        let (entries, removed) = try root.list(directory)
        let flags = try groupFlags(entries) ?? inherited
        for name in removed where name.hasSuffix(".in") {
            warnings.append("\(directory.shown)/\(name): is not judged: its name is not allowed")
        }
        let byName = Dictionary(
            entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let members = entries.compactMap { entry -> (base: String, entry: PackageEntry)? in
            if entry.kind == .directory { return (entry.name, entry) }
            return entry.name.hasSuffix(".in") ? (String(entry.name.dropLast(3)), entry) : nil
        }
        .sorted { $0.base.utf8.lexicographicallyPrecedes($1.base.utf8) }
        for (base, entry) in members {
            switch entry.kind {
            case .file:
                try readCase(
                    entry, base: base, group: name, siblings: byName, inherited: flags)
            case .directory:
                if base.hasSuffix(".files"), byName["\(base.dropLast(6)).in"] != nil {
                    throw ProblemsError(
                        "files beside a test's input are not supported yet", file: entry.shown)
                }
                try readGroup(
                    entry, name: "\(name)/\(base)", inherited: flags, depth: depth + 1)
            }
        }
        for entry in entries
        where entry.kind == .file && entry.name.hasSuffix(".ans")
            && byName["\(entry.name.dropLast(4)).in"] == nil
        {
            warnings.append("\(entry.shown): answers no input and is ignored")
        }
    }

    private mutating func readCase(
        _ input: PackageEntry, base: String, group: String, siblings: [String: PackageEntry],
        inherited: [String]
    ) throws(ProblemsError) {
        guard let answer = siblings["\(base).ans"], answer.kind == .file else {
            throw ProblemsError("has no \(base).ans beside it", file: input.shown)
        }
        guard tests.count < PackageDirectory.entryLimit else {
            throw ProblemsError(
                "has more than \(PackageDirectory.entryLimit) tests", file: root.shown)
        }
        var flags = inherited
        if family == .current, let entry = siblings["\(base).yaml"], entry.kind == .file {
            flags = try currentFlags(try YAMLFile.read(entry)) ?? inherited
        }
        tests.append(
            TestCase(
                name: "\(group)/\(base)", group: group, inputPath: input.path,
                answerPath: answer.path, validatorFlags: validatorFlags + flags))
    }

    /// The flags that a directory states for its tests; nil when it states none.
    private mutating func groupFlags(
        _ entries: [PackageEntry]
    ) throws(ProblemsError) -> [String]? {
        var flags: [String]?
        for entry in entries where entry.kind == .file {
            switch (entry.name, family) {
            case ("testdata.yaml", _):
                let yaml = try YAMLFile.read(entry)
                warnings += try KattisGroup.check(yaml)
                flags = try yaml.list("output_validator_flags", lone: words)
            case ("test_group.yaml", .current):
                flags = try currentFlags(try YAMLFile.read(entry)) ?? flags
            case ("test_group.yaml", .legacy):
                warnings.append("\(entry.shown): is not part of the legacy format and is ignored")
            default:
                break
            }
        }
        return flags
    }

    private mutating func currentFlags(_ yaml: YAMLMap) throws(ProblemsError) -> [String]? {
        warnings += try KattisGroup.checkCurrent(yaml)
        return try yaml.list("output_validator_args")
    }
}
