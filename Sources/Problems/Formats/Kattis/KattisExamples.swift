import JudgeCore

/// The example submissions and what their author expects: by the name of the directory, from 2023-07
/// on by `submissions.yaml`, and by tags in the source.
struct KattisExamples {
    let root: PackageDirectory
    let family: KattisPackage.Family
    let kind: ProblemKind
    let data: TestGroup
    let tests: [TestCase]
    private(set) var found: [ExampleSubmission] = []
    private(set) var warnings: [String] = []
    /// Entries of submissions.yaml that match an example.
    private var usedPlaces: Set<String> = []

    /// What is left lying about in directories of submissions and is none.
    private static let otherEndings = [
        ".disabled", ".exe", ".bin", ".placeholder", ".in", ".ans", ".out", ".o", ".class",
        ".txt", ".md", ".yaml", ".yml",
    ]
    /// Of these, those that answers have where answers are submitted.
    private static let answerEndings = [".ans", ".out", ".txt"]
    private static let sizeLimit = 16 << 20

    init(
        root: PackageDirectory, family: KattisPackage.Family, kind: ProblemKind, data: TestGroup,
        tests: [TestCase]
    ) {
        self.root = root
        self.family = family
        self.kind = kind
        self.data = data
        self.tests = tests
    }

    mutating func read() throws(ProblemsError) {
        guard let submissions = try root.entry("submissions"), submissions.kind == .directory
        else { return }
        let entries = try root.list(submissions).entries
        var stated = try statements(
            entries.first { $0.name == "submissions.yaml" && $0.kind == .file })
        for directory in entries where directory.kind == .directory {
            for entry in try root.list(directory).entries
            where !isLitter(entry.name) {
                try readExample(entry, in: directory, &stated)
            }
        }
        guard let stated else { return }
        warnings += stated.warnings
        for entry in stated.entries {
            guard let place = entry.place, !usedPlaces.contains(place) else { continue }
            warnings.append("\(place): \(entry.pattern.text) matches no example")
        }
    }

    private func isLitter(_ name: String) -> Bool {
        if kind.isSubmitAnswer, Self.answerEndings.contains(where: name.hasSuffix) { return false }
        return Self.otherEndings.contains(where: name.hasSuffix)
    }

    /// What `submissions.yaml` and the format's directories say; nil in the legacy formats.
    private mutating func statements(
        _ file: PackageEntry?
    ) throws(ProblemsError) -> KattisSubmissions? {
        guard family == .current else {
            if let file {
                warnings.append(
                    "\(file.shown): is not part of the legacy format and is ignored")
            }
            return nil
        }
        var yaml: YAMLMap?
        if let file { yaml = try YAMLFile.read(file) }
        return try KattisSubmissions(
            yaml, testNames: tests.map(\.name), groupNames: data.groupNames,
            isScoring: kind.objective != nil)
    }

    private mutating func readExample(
        _ entry: PackageEntry, in directory: PackageEntry, _ stated: inout KattisSubmissions?
    ) throws(ProblemsError) {
        let sources = try sources(entry)
        guard !sources.isEmpty else {
            warnings.append("\(entry.shown): holds no source file and is not judged")
            return
        }
        var example = ExampleSubmission(
            path: "submissions/\(directory.name)/\(entry.name)",
            files: sources.map { PackageFile(name: $0.name, path: $0.path) }, expected: [],
            expectations: [])
        let entries = try stated?.entries(for: "\(directory.name)/\(entry.name)") ?? []
        for entry in entries { take(entry, into: &example) }
        usedPlaces.formUnion(entries.compactMap(\.place))
        if example.expectations.isEmpty {
            example.expectations = usual(in: directory.name) ?? []
        }
        // Answers are data, which says nothing of itself.
        let tags =
            kind.isSubmitAnswer
            ? ExpectedResults()
            : try ExpectedResults.find(in: sources, sizeLimit: Self.sizeLimit)
        take(tags, into: &example)
        if let stated, example.mistake == nil {
            example.mistake = stated.contradiction(in: example.expectations)
        }
        guard !example.expectations.isEmpty || example.mistake != nil else {
            warnings.append(
                tags.isManual
                    ? "\(entry.shown): is to be checked by hand, so it is not judged"
                    : "\(entry.shown): nothing says what is expected of it, so it is not judged")
            return
        }
        example.expected = summary(example.expectations)
        found.append(example)
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

    // MARK: - What is expected

    private func take(
        _ entry: KattisSubmissions.Entry, into example: inout ExampleSubmission
    ) {
        example.expectations += entry.expectations
        if let entryPoint = entry.entryPoint {
            if let other = example.entryPoint, other != entryPoint {
                example.mistake = "it is to start with \(other) and with \(entryPoint)"
            }
            example.entryPoint = entryPoint
        }
        guard case .text(let name, _)? = entry.language?.value.content else { return }
        let wish = LanguageWish(
            stated: name, code: name == "python" ? "python3" : name, id: name)
        if let other = example.language, other != wish {
            example.mistake = "it is to be \(other.stated) and \(wish.stated)"
        }
        example.language = wish
    }

    /// Tags speak where neither directory nor `submissions.yaml` does; a score is expected beside
    /// what these say.
    private func take(_ tags: ExpectedResults, into example: inout ExampleSubmission) {
        let place = "\(example.path), its tag"
        if example.expectations.isEmpty {
            if let mistake = tags.mistake { example.mistake = mistake }
            if let verdicts = tags.verdicts {
                let isScoring = kind.objective != nil
                example.expectations.append(
                    ExampleExpectation(
                        isScoring ? .submissionOrFirstFailure : .submission,
                        permitted: Set(verdicts), place: place))
            }
        }
        guard kind.objective != nil, let score = tags.score, !example.expectations.isEmpty else {
            return
        }
        example.expectations.append(
            ExampleExpectation(
                .submission, permitted: Set(Verdict.allCases),
                score: ExpectedScore.range(score, score), place: place))
    }

    /// What a directory's name says where `submissions.yaml` does not.
    private func usual(in directory: String) -> [ExampleExpectation]? {
        let verdicts: (expected: Set<Verdict>, tolerated: Set<Verdict>)
        var below: Double?
        switch directory {
        case "accepted": verdicts = ([.accepted], [])
        case "partially_accepted" where kind.objective == .max && data.legacyMaximum != nil:
            verdicts = ([.accepted], [])
            below = data.legacyMaximum
        case "wrong_answer": verdicts = ([.wrongAnswer], [])
        case "time_limit_exceeded": verdicts = ([.timeLimit], [.wrongAnswer])
        case "run_time_error": verdicts = ([.runTimeError], [.wrongAnswer, .timeLimit])
        case "compiler_error", "compile_error": verdicts = ([.compilerError], [])
        case "memory_limit_exceeded": verdicts = ([.memoryLimit], [])
        case "output_limit_exceeded": verdicts = ([.outputLimit], [])
        default: return nil
        }
        return ExampleExpectation.usual(
            verdicts.expected, tolerated: verdicts.tolerated,
            isJudgedByTests: family == .current, scoreBelow: below,
            place: "submissions/\(directory)")
    }

    /// The verdicts that the first expectation of the whole submission asks for.
    private func summary(_ expectations: [ExampleExpectation]) -> [Verdict] {
        let whole = expectations.first { expectation in
            switch expectation.subject {
            case .submission, .submissionOrFirstFailure, .tests(nil): true
            case .tests: false
            }
        }
        let verdicts = whole.map { $0.required.isEmpty ? $0.permitted : $0.required } ?? []
        return Verdict.allCases.filter(verdicts.contains)
    }
}
