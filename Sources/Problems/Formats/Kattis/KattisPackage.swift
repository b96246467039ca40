import JudgeCore
import Units

/// One package of the Kattis/ICPC format, any version.
///
/// The versions fall into two families: `legacy` with `legacy-icpc`, and the formats from 2023-07 on,
/// which tools write under three names. `docs/problems.md` says what is read, what is refused, and
/// what was decided where the tools differ.
struct KattisPackage {
    enum Family { case legacy, current }

    let root: PackageDirectory
    let id: String

    static let versions: [(name: String, family: Family)] = [
        ("legacy", .legacy), ("legacy-icpc", .legacy), ("2023-07-draft", .current),
        ("2023-07", .current), ("2025-09", .current),
    ]

    func load() throws(ProblemsError) -> Problem {
        guard let entry = try root.entry("problem.yaml"), entry.kind == .file else {
            throw ProblemsError(
                "is not a problem package: it holds no problem.yaml", file: root.shown)
        }
        let yaml = try YAMLFile.read(entry)
        let metadata = try KattisMetadata(yaml)
        let family = metadata.family
        try refuseUnsupportedDirectories(family)

        var warnings = metadata.warnings
        var limits = try KattisLimits(yaml, family: family)
        try limits.readTimeLimitFiles(of: root)
        warnings += limits.warnings
        var data = KattisData(
            root: root, family: family, validatorFlags: metadata.validatorFlags)
        try data.read()
        warnings += data.warnings
        var examples = KattisExamples(root: root, family: family)
        try examples.read()
        warnings += examples.warnings

        return Problem(
            id: id, name: metadata.name ?? id, formatVersion: metadata.version,
            directory: root.path, timeLimit: limits.timeLimit, limits: limits.limits,
            languages: metadata.languages, allowFileWriting: metadata.allowFileWriting,
            tests: data.tests, examples: examples.found, warnings: warnings)
    }

    /// Directories whose programs decide verdicts, or change what is judged.
    private func refuseUnsupportedDirectories(_ family: Family) throws(ProblemsError) {
        var refused = [("include", "files added to submissions")]
        if family == .current {
            refused += [
                ("output_validator", "an output validator of the package's own"),
                ("output_validators", "an output validator of the package's own"),
                ("static_validator", "a static validator"),
            ]
        }
        for (directory, what) in refused {
            guard let entry = try root.entry(directory), entry.kind == .directory,
                let file = try firstFile(in: entry, depth: 0)
            else { continue }
            throw ProblemsError("\(what) is not supported yet", file: file.shown)
        }
    }

    private func firstFile(
        in directory: PackageEntry, depth: Int
    ) throws(ProblemsError) -> PackageEntry? {
        guard depth < PackageDirectory.depthLimit else { return directory }
        for entry in try root.list(directory).entries {
            switch entry.kind {
            case .file: return entry
            case .directory:
                if let file = try firstFile(in: entry, depth: depth + 1) { return file }
            }
        }
        return nil
    }
}
