import JudgeCore

/// The test data: every `X.in` with its `X.ans` below `data/sample` and `data/secret`, in judging
/// order, with what the groups around it say.
struct KattisData {
    /// A directory of tests as it was read.
    struct Node {
        enum Member { case test(Int), node(Node) }

        var name: String
        var shown: String
        var group: KattisGroup
        var members: [Member] = []

        var nodes: [Node] {
            members.compactMap { if case .node(let node) = $0 { node } else { nil } }
        }
        var hasTests: Bool { members.contains { if case .test = $0 { true } else { false } } }
    }

    let root: PackageDirectory
    let family: KattisPackage.Family
    /// Of problem.yaml, before those of the groups.
    let validatorFlags: [String]
    let constants: Constants
    private(set) var tests: [TestCase] = []
    private(set) var warnings: [String] = []
    private(set) var needs: [PackageNeed] = []
    /// The first files of each kind that describe groups.
    private(set) var testdataFile: String?
    private(set) var testGroupFile: String?
    /// Where a group first asks for the package's own grader.
    private(set) var customGrading: (file: String, line: Int)?

    /// Where a group first states a case of the static validator.
    private(set) var staticValidation: (file: String, line: Int)?

    /// What the static validator's case of a group is called.
    private static let staticName = "static_validation"
    private static let otherDirectories: Set<String> = [
        "invalid_input", "invalid_inputs", "invalid_output", "invalid_outputs", "valid_output",
        "valid_outputs", "invalid_answers", "valid_inputs",
    ]

    init(
        root: PackageDirectory, family: KattisPackage.Family, validatorFlags: [String],
        constants: Constants
    ) {
        self.root = root
        self.family = family
        self.validatorFlags = validatorFlags
        self.constants = constants
    }

    /// - Returns: `data` with `sample` and `secret`, those that there are.
    mutating func read() throws(ProblemsError) -> Node {
        guard let data = try root.entry("data"), data.kind == .directory else {
            throw ProblemsError("has no directory data with tests", file: root.shown)
        }
        let entries = try root.list(data).entries
        var group = KattisGroup()
        try readGroupFiles(entries, into: &group, isRoot: true)
        var node = Node(name: "", shown: data.shown, group: group)
        for name in ["sample", "secret"] {
            guard let entry = entries.first(where: { $0.name == name && $0.kind == .directory })
            else { continue }
            let member = try readGroup(entry, name: name, inherited: group.inherited, depth: 1)
            node.members.append(.node(member))
        }
        for entry in entries where !["sample", "secret"].contains(entry.name) {
            let isDirectory = entry.kind == .directory
            if isDirectory ? !Self.otherDirectories.contains(entry.name) : entry.isInput {
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
        return node
    }

    /// Cases and groups of one directory are ordered together, by name without ending.
    private mutating func readGroup(
        _ directory: PackageEntry, name: String, inherited: KattisGroup, depth: Int
    ) throws(ProblemsError) -> Node {
        guard depth < PackageDirectory.depthLimit else {
            throw ProblemsError(
                "is nested more than \(PackageDirectory.depthLimit) deep", file: directory.shown)
        }
        let (entries, removed) = try root.list(directory)
        var node = Node(name: name, shown: directory.shown, group: inherited)
        try readGroupFiles(entries, into: &node.group, isRoot: false)
        if let stated = node.group.staticCase {
            tests.append(
                TestCase(
                    name: "\(name)/\(Self.staticName)", group: name, inputPath: "",
                    answerPath: "", validatorFlags: stated.arguments))
            tests[tests.count - 1].isStaticValidation = true
            node.members.append(.test(tests.count - 1))
        }
        for name in removed where name.hasSuffix(".in") {
            warnings.append("\(directory.shown)/\(name): is not judged: its name is not allowed")
        }
        let byName = Dictionary(
            entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let members = entries.filter { $0.kind == .directory || $0.isInput }
            .sorted { $0.base.utf8.lexicographicallyPrecedes($1.base.utf8) }
        for entry in members {
            switch entry.kind {
            case .file:
                try readCase(entry, in: node, siblings: byName)
                node.members.append(.test(tests.count - 1))
            case .directory where entry.name.hasSuffix(".files"):
                if byName["\(entry.name.dropLast(6)).in"] == nil {
                    warnings.append("\(entry.shown): belongs to no input and is ignored")
                } else if family == .legacy {
                    throw ProblemsError(
                        "files of a single test are not part of the legacy format",
                        file: entry.shown)
                }
            case .directory:
                let member = try readGroup(
                    entry, name: "\(name)/\(entry.name)", inherited: node.group.inherited,
                    depth: depth + 1)
                node.members.append(.node(member))
            }
        }
        for entry in entries
        where entry.kind == .file && entry.name.hasSuffix(".ans")
            && byName["\(entry.name.dropLast(4)).in"] == nil
        {
            warnings.append("\(entry.shown): answers no input and is ignored")
        }
        return node
    }

    private mutating func readCase(
        _ input: PackageEntry, in node: Node, siblings: [String: PackageEntry]
    ) throws(ProblemsError) {
        let base = input.base
        guard let answer = siblings["\(base).ans"], answer.kind == .file else {
            throw ProblemsError("has no \(base).ans beside it", file: input.shown)
        }
        guard tests.count < PackageDirectory.entryLimit else {
            throw ProblemsError(
                "has more than \(PackageDirectory.entryLimit) tests", file: root.shown)
        }
        guard node.group.staticCase == nil || base != Self.staticName else {
            throw ProblemsError(
                "a test cannot be called \(base) beside the static validator's case of that name",
                file: input.shown)
        }
        var own = node.group
        var files: [PackageFile] = []
        if family == .current {
            guard base != "test_group" else {
                throw ProblemsError(
                    "a test cannot be called test_group, whose file describes the group",
                    file: input.shown)
            }
            if let entry = siblings["\(base).yaml"], entry.kind == .file {
                warnings += try own.readCurrent(try YAMLFile.read(entry), isCase: true)
            }
            if let entry = siblings["\(base).files"], entry.kind == .directory {
                files = try readFiles(entry)
            }
        }
        tests.append(
            TestCase(
                name: "\(node.name)/\(base)", group: node.name, inputPath: input.path,
                answerPath: answer.path, validatorFlags: validatorFlags + own.validatorFlags,
                arguments: own.arguments, files: files))
    }

    private mutating func readFiles(
        _ directory: PackageEntry
    ) throws(ProblemsError) -> [PackageFile] {
        var files: [PackageFile] = []
        for entry in try root.list(directory).entries {
            switch entry.kind {
            case .file: files.append(PackageFile(name: entry.name, path: entry.path))
            case .directory:
                needs.append(
                    PackageNeed(
                        sentence: "directories among a test's files are not supported yet",
                        file: entry.shown))
            }
        }
        return files
    }

    /// What a directory states for its tests.
    private mutating func readGroupFiles(
        _ entries: [PackageEntry], into group: inout KattisGroup, isRoot: Bool
    ) throws(ProblemsError) {
        for entry in entries where entry.kind == .file {
            switch (entry.name, family) {
            case ("testdata.yaml", _):
                testdataFile = testdataFile ?? entry.shown
                warnings += try group.readLegacy(try YAMLFile.read(entry), isRoot: isRoot)
            case ("test_group.yaml", .current):
                testGroupFile = testGroupFile ?? entry.shown
                let yaml = try YAMLFile.read(entry, constants: constants)
                warnings += try group.readCurrent(yaml, isCase: false)
            case ("test_group.yaml", .legacy):
                warnings.append("\(entry.shown): is not part of the legacy format and is ignored")
            default:
                break
            }
        }
        customGrading = customGrading ?? group.customGrading
        if let stated = group.staticCase {
            guard !isRoot else {
                throw ProblemsError(
                    "static_validation_score is for sample, secret and their groups",
                    file: stated.file, line: stated.line)
            }
            staticValidation = staticValidation ?? (stated.file, stated.line)
        }
    }
}

extension PackageEntry {
    fileprivate var isInput: Bool { kind == .file && name.hasSuffix(".in") }

    /// The name without the ending of an input.
    fileprivate var base: String { isInput ? String(name.dropLast(3)) : name }
}
