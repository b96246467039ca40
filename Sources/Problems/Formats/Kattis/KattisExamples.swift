import JudgeCore

/// The example submissions and what their author expects, by directory or by a tag in the source.
struct KattisExamples {
    let root: PackageDirectory
    let family: KattisPackage.Family
    /// Of a legacy scoring problem, infinity when its range does not say; nil in others.
    let maximum: Double?
    private(set) var found: [ExampleSubmission] = []
    private(set) var warnings: [String] = []

    /// What is left lying about in directories of submissions and is none.
    private static let otherEndings = [
        ".disabled", ".exe", ".bin", ".placeholder", ".in", ".ans", ".out", ".o", ".class",
        ".txt", ".md", ".yaml", ".yml",
    ]
    private static let sizeLimit = 16 << 20

    init(root: PackageDirectory, family: KattisPackage.Family, maximum: Double?) {
        self.root = root
        self.maximum = maximum
        self.family = family
    }

    mutating func read() throws(ProblemsError) {
        guard let submissions = try root.entry("submissions"), submissions.kind == .directory
        else { return }
        for directory in try root.list(submissions).entries {
            guard directory.kind == .directory else {
                if directory.name == "submissions.yaml" {
                    warnings.append(
                        "\(directory.shown): is not read yet; directories say what is expected")
                }
                continue
            }
            for entry in try root.list(directory).entries
            where !Self.otherEndings.contains(where: entry.name.hasSuffix) {
                try readExample(entry, in: directory)
            }
        }
    }

    private mutating func readExample(
        _ entry: PackageEntry, in directory: PackageEntry
    ) throws(ProblemsError) {
        let files = try sources(entry)
        guard !files.isEmpty else {
            warnings.append("\(entry.shown): holds no source file and is not judged")
            return
        }
        var expectation = expectation(of: directory.name)
        if expectation == nil {
            switch try ExpectedResults.find(in: files, sizeLimit: Self.sizeLimit) {
            case .verdicts(let verdicts): expectation = (verdicts, [])
            case .none:
                warnings.append(
                    "\(entry.shown): nothing says what is expected of it, so it is not judged")
            case .unclear(let why):
                warnings.append("\(entry.shown): \(why), so it is not judged")
            }
        }
        guard let expectation else { return }
        found.append(
            ExampleSubmission(
                path: "submissions/\(directory.name)/\(entry.name)", files: files.map(\.path),
                expected: expectation.expected, tolerated: expectation.tolerated,
                isJudgedByTests: family == .current,
                scoreBelow: directory.name == "partially_accepted" ? maximum : nil))
    }

    /// A file alone, or the files of a directory; directories within are not sources.
    private mutating func sources(
        _ entry: PackageEntry
    ) throws(ProblemsError) -> [PackageEntry] {
        guard entry.kind == .directory else { return [entry] }
        var files: [PackageEntry] = []
        for member in try root.list(entry).entries {
            switch member.kind {
            case .file: files.append(member)
            case .directory:
                warnings.append("\(member.shown): directories of sources are not read")
            }
        }
        return files
    }

    /// What a directory's name says of the final verdict and of single tests.
    private func expectation(
        of directory: String
    ) -> (expected: [Verdict], tolerated: [Verdict])? {
        switch directory {
        case "accepted": ([.accepted], [])
        case "partially_accepted" where maximum != nil: ([.accepted], [])
        case "wrong_answer": ([.wrongAnswer], [])
        case "time_limit_exceeded": ([.timeLimit], family == .legacy ? [.wrongAnswer] : [])
        case "run_time_error":
            ([.runTimeError], family == .legacy ? [.wrongAnswer, .timeLimit] : [])
        case "rejected" where family == .current:
            ([.runTimeError, .timeLimit, .wrongAnswer], [])
        case "brute_force" where family == .current: ([.runTimeError, .timeLimit], [])
        case "compiler_error", "compile_error": ([.compilerError], [])
        case "memory_limit_exceeded": ([.memoryLimit], [])
        case "output_limit_exceeded": ([.outputLimit], [])
        default: nil
        }
    }
}
