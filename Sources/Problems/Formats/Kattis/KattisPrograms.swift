import JudgeCore

/// The programs that a package brings along and the files it adds to submissions. They are listed,
/// never opened and never run.
struct KattisPrograms {
    let root: PackageDirectory
    let family: KattisPackage.Family
    private(set) var warnings: [String] = []
    /// Files of one program, included set or grader together.
    private static let fileLimit = 10_000

    /// Endings of what may be a program by itself; other loose files only lie beside one.
    private static let programEndings = [
        ".py", ".py3", ".py2", ".c", ".cc", ".cpp", ".cxx", ".c++", ".C", ".java", ".kt", ".cs",
        ".go", ".rs", ".hs", ".js", ".rb", ".pl", ".sh", ".bash", ".ml", ".php", ".pas", ".scala",
    ]

    /// Codes of the format's table of languages, by which directories below `include` are named.
    private static let languageCodes: Set<String> = [
        "default", "ada", "algol60", "algol68", "apl", "asm", "awk", "bash", "bf", "c",
        "cobol", "commonlisp", "cpp", "csharp", "d", "dart", "elixir", "erlang", "forth",
        "fortran", "fsharp", "gerbil", "go", "haskell", "java", "javaalgs4", "javascript", "julia",
        "kotlin", "lua", "modula2", "nim", "objectivec", "ocaml", "octave", "odin", "pascal",
        "perl",
        "php", "prolog", "python2", "python3", "python3numpy", "racket", "ruby", "rust", "scala",
        "simula67", "smalltalk", "snobol4", "swift", "typescript", "visualbasic", "zig",
    ]

    init(root: PackageDirectory, family: KattisPackage.Family) {
        self.root = root
        self.family = family
    }

    /// The output validators of the package, nil when there is none: in `output_validators/`, which
    /// may hold several, or in `output_validator/`, which is one.
    mutating func outputValidators() throws(ProblemsError) -> [PackageProgram]? {
        if let entry = try directory("output_validator") {
            let validator = try program(entry, path: "output_validator")
            if !validator.files.isEmpty { return [validator] }
        }
        let found = try programs(in: "output_validators")
        return found.isEmpty ? nil : found
    }

    mutating func staticValidator() throws(ProblemsError) -> PackageProgram? {
        guard family == .current, let entry = try directory("static_validator") else { return nil }
        let validator = try program(entry, path: "static_validator")
        return validator.files.isEmpty ? nil : validator
    }

    /// Every program of a directory of programs. Where one has a directory of its own, loose files
    /// are none.
    mutating func programs(in name: String) throws(ProblemsError) -> [PackageProgram] {
        guard let entry = try directory(name) else { return [] }
        let entries = try root.list(entry).entries
        let directories = entries.filter { $0.kind == .directory }
        var found: [PackageProgram] = []
        for directory in directories {
            let program = try program(directory, path: "\(name)/\(directory.name)")
            if !program.files.isEmpty { found.append(program) }
        }
        for file in entries where file.kind == .file {
            guard Self.programEndings.contains(where: file.name.hasSuffix) else { continue }
            guard found.isEmpty || directories.isEmpty else {
                warnings.append("\(file.shown): lies beside a program and is not one itself")
                continue
            }
            found.append(
                PackageProgram(
                    path: "\(name)/\(file.name)",
                    files: [PackageFile(name: file.name, path: file.path)]))
        }
        return found
    }

    /// The files below `include/`, by language.
    mutating func included() throws(ProblemsError) -> (IncludedFiles, PackageNeed?) {
        var included = IncludedFiles()
        guard let entry = try directory("include") else { return (included, nil) }
        for language in try root.list(entry).entries {
            guard language.kind == .directory else {
                warnings.append("\(language.shown): is in no language's directory and is not used")
                continue
            }
            // Packages older than the table call it so.
            let code = language.name == "python" ? "python3" : language.name
            guard Self.languageCodes.contains(code) else {
                throw ProblemsError(
                    "\(language.name) is no language code of the format", file: language.shown)
            }
            let files = try self.files(in: language)
            if let nested = files.first(where: { $0.name.contains("/") }) {
                return (
                    included,
                    PackageNeed(
                        sentence: "directories added to submissions are not supported yet",
                        file: "\(language.shown)/\(nested.name)")
                )
            }
            guard !files.isEmpty else { continue }
            guard included.byLanguage.updateValue(files, forKey: code) == nil else {
                throw ProblemsError("\(code) has two directories", file: language.shown)
            }
        }
        return (included, nil)
    }

    private func directory(_ name: String) throws(ProblemsError) -> PackageEntry? {
        guard let entry = try root.entry(name), entry.kind == .directory else { return nil }
        return entry
    }

    private func program(
        _ directory: PackageEntry, path: String
    ) throws(ProblemsError) -> PackageProgram {
        PackageProgram(path: path, files: try files(in: directory))
    }

    private func files(in directory: PackageEntry) throws(ProblemsError) -> [PackageFile] {
        var files: [PackageFile] = []
        try list(directory, prefix: "", depth: 0, into: &files)
        return files
    }

    private func list(
        _ directory: PackageEntry, prefix: String, depth: Int, into files: inout [PackageFile]
    ) throws(ProblemsError) {
        guard depth < PackageDirectory.depthLimit else {
            throw ProblemsError(
                "is nested more than \(PackageDirectory.depthLimit) deep", file: directory.shown)
        }
        for entry in try root.list(directory).entries {
            guard files.count < Self.fileLimit else {
                throw ProblemsError(
                    "holds more than \(Self.fileLimit) files", file: directory.shown)
            }
            switch entry.kind {
            case .file: files.append(PackageFile(name: prefix + entry.name, path: entry.path))
            case .directory:
                try list(entry, prefix: "\(prefix)\(entry.name)/", depth: depth + 1, into: &files)
            }
        }
    }
}
