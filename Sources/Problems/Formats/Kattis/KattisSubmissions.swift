import JudgeCore

/// `submissions/submissions.yaml`, which says what is expected of examples from 2023-07 on, with what
/// the names of directories say where it does not.
struct KattisSubmissions {
    /// What one pattern says of the examples that it matches.
    struct Entry {
        var pattern: GlobPattern
        /// Where it stands; nil for what the format says.
        var place: String?
        var language: YAMLKey?
        var entryPoint: String?
        var expectations: [ExampleExpectation]
    }

    private let file: String
    /// Of the package, for patterns of tests.
    let testNames: [String]
    let groupNames: [String]
    let isScoring: Bool
    private(set) var entries: [Entry] = []
    private(set) var warnings: [String] = []
    /// Bytes that comparisons of patterns looked at so far.
    private var effort = 0
    /// What a file may ask for: well below a second.
    private static let effortLimit = 30_000_000

    /// What the format expects by the names of directories.
    private static let defaults: [(name: String, permitted: Set<Verdict>, required: Set<Verdict>)] =
        [
            ("accepted", [.accepted], []),
            ("rejected", ExampleExpectation.anyVerdict, [.runTimeError, .timeLimit, .wrongAnswer]),
            ("wrong_answer", [.accepted, .wrongAnswer], [.wrongAnswer]),
            ("time_limit_exceeded", [.accepted, .timeLimit], [.timeLimit]),
            ("run_time_error", [.accepted, .runTimeError], [.runTimeError]),
            (
                "brute_force", [.accepted, .runTimeError, .timeLimit],
                [.runTimeError, .timeLimit]
            ),
        ]

    private static let expectationKeys: Set<String> = [
        "permitted", "required", "score", "message", "use_for_time_limit",
    ]
    private static let submissionKeys: Set<String> = [
        "language", "entrypoint", "authors", "model_solution",
    ]

    /// - Parameter yaml: nil when the package has no such file.
    init(
        _ yaml: YAMLMap?, testNames: [String], groupNames: [String], isScoring: Bool
    ) throws(ProblemsError) {
        file = yaml?.file ?? ""
        self.testNames = testNames
        self.groupNames = groupNames
        self.isScoring = isScoring
        for standard in Self.defaults {
            let stated = yaml?.keys.last { trimmed($0.name) == standard.name }
            var own = ExampleExpectation(
                .tests(nil), permitted: standard.permitted, required: standard.required,
                place: "submissions/\(standard.name)")
            own.bound = Self.bound(of: own)
            try add(standard.name, stated, of: yaml, standard: own)
        }
        guard let yaml else { return }
        let names = Self.defaults.map(\.name)
        for key in yaml.keys where !names.contains(trimmed(key.name)) {
            try add(trimmed(key.name), key, of: yaml, standard: nil)
        }
    }

    /// What is said of the example at `path`, which begins below `submissions/`.
    ///
    /// - Throws: when the file's patterns, tests and examples together are too many to be compared.
    mutating func entries(for path: String) throws(ProblemsError) -> [Entry] {
        let found = entries.filter { $0.pattern.matches(path) }
        let expectations = found.flatMap(\.expectations)
        let count = speaksOfParts(expectations) ? testNames.count : 1
        try spend(
            entries.reduce(0) { $0 + $1.pattern.weight }
                + expectations.reduce(0) { $0 + weight($1) } * count)
        return found
    }

    private func weight(_ expectation: ExampleExpectation) -> Int {
        guard case .tests(let pattern?) = expectation.subject else { return 1 }
        return pattern.weight
    }

    private func speaksOfParts(_ expectations: [ExampleExpectation]) -> Bool {
        expectations.contains { if case .tests(.some) = $0.subject { true } else { false } }
    }

    private mutating func spend(_ bytes: Int) throws(ProblemsError) {
        effort += bytes
        guard effort <= Self.effortLimit else {
            throw ProblemsError(
                "says too much: its patterns, the tests and the examples are too many to be compared",
                file: file)
        }
    }

    /// Why no verdicts could be what is expected; nil when some could.
    func contradiction(in expectations: [ExampleExpectation]) -> String? {
        func permitted(_ test: String) -> Set<Verdict> {
            expectations.filter { $0.speaks(of: test) }
                .reduce(Set(Verdict.allCases)) { $0.intersection($1.permitted) }
        }
        // Where no part is spoken of, all tests are like the first.
        let names = speaksOfParts(expectations) ? testNames[...] : testNames.prefix(1)
        let byTest = names.map { (name: $0, permitted: permitted($0)) }
        if let test = byTest.first(where: { $0.permitted.isEmpty }) {
            return "no verdict is permitted on \(test.name) by all that is expected"
        }
        for expectation in expectations where !expectation.required.isEmpty {
            let canBe = byTest.contains { test in
                expectation.speaks(of: test.name)
                    && !test.permitted.isDisjoint(with: expectation.required)
            }
            guard canBe else {
                return "\(expectation.place): no test is permitted a verdict that is required"
            }
        }
        return nil
    }

    // MARK: - Reading

    private mutating func add(
        _ name: String, _ key: YAMLKey?, of yaml: YAMLMap?, standard: ExampleExpectation?
    ) throws(ProblemsError) {
        guard let pattern = GlobPattern(name) else {
            guard let yaml, let key else { return }
            throw yaml.error(key, "\"\(name)\" is no pattern of paths: it may have * and {a,b}")
        }
        guard let yaml, let key, let map = try yaml.map(key.name) else {
            if let standard {
                entries.append(Entry(pattern: pattern, expectations: [standard]))
            }
            return
        }
        var entry = Entry(
            pattern: pattern, place: "\(map.file):\(key.line)", expectations: [])
        entry.language = map.value("language")
        _ = try map.text("language")
        entry.entryPoint = try map.text("entrypoint")
        _ = try map.bool("model_solution")
        entry.expectations += try expectations(in: map, key, of: nil, standard: standard)
        for inner in map.keys
        where !Self.expectationKeys.contains(inner.name)
            && !Self.submissionKeys.contains(inner.name)
        {
            guard case .map(let keys) = inner.value.content else {
                warnings.append(
                    "\(map.file):\(inner.line): the key \(map.prefix)\(inner.name) is not known "
                        + "and is ignored")
                continue
            }
            let part = YAMLMap(
                file: map.file, keys: keys, prefix: "\(map.prefix)\(inner.name).")
            entry.expectations += try partExpectations(in: part, inner)
        }
        entries.append(entry)
    }

    private mutating func partExpectations(
        in map: YAMLMap, _ key: YAMLKey
    ) throws(ProblemsError) -> [ExampleExpectation] {
        guard let pattern = GlobPattern(trimmed(key.name)) else {
            throw map.error(
                key, "\"\(key.name)\" is no pattern of tests: it may have * and {a,b}")
        }
        warnings += map.unknown(besides: Self.expectationKeys)
        try spend(pattern.weight * (testNames.count + groupNames.count))
        guard testNames.contains(where: pattern.matches) else {
            warnings.append("\(map.file):\(key.line): \(key.name) matches no test and is ignored")
            return []
        }
        let found = try expectations(in: map, key, of: pattern, standard: nil)
        if let score = map.value("score"), !groupNames.contains(where: pattern.matchesExactly) {
            throw map.error(score, "\(map.prefix)score: \(key.name) names no group of tests")
        }
        return found
    }

    /// What a mapping says of the tests that a pattern matches; nil: of all tests.
    private mutating func expectations(
        in map: YAMLMap, _ key: YAMLKey, of pattern: GlobPattern?, standard: ExampleExpectation?
    ) throws(ProblemsError) -> [ExampleExpectation] {
        guard map.keys.contains(where: { Self.expectationKeys.contains($0.name) }) else {
            return [standard].compactMap(\.self)
        }
        let place = "submissions.yaml:\(key.line)"
        var found = ExampleExpectation(
            .tests(pattern), permitted: ExampleExpectation.anyVerdict, place: place)
        found.permitted = try verdicts("permitted", map) ?? standard?.permitted ?? found.permitted
        found.required = try verdicts("required", map) ?? standard?.required ?? []
        found.message = try map.text("message").flatMap { $0.isEmpty ? nil : $0 }
        found.score = try score(map)
        found.bound = Self.bound(of: found)
        guard let use = map.value("use_for_time_limit") else { return [found] }
        let wrongUse = map.error(
            use, "\(map.prefix)use_for_time_limit must be true, false, lower or upper")
        guard case .text(let text, plain: true) = use.value.content else {
            throw wrongUse
        }
        var asked = ExampleExpectation(
            .tests(pattern), permitted: ExampleExpectation.anyVerdict, place: place)
        switch text {
        case "lower":
            asked.permitted.remove(.timeLimit)
            asked.bound = .lower
        case "upper":
            asked.required = [.timeLimit]
            asked.bound = .upper
        default:
            guard let isUsed = YAMLMap.truth(text) else { throw wrongUse }
            if !isUsed { found.bound = nil }
            return [found]
        }
        found.bound = nil
        return [found, asked]
    }

    /// Tests that must be too slow bound the limit from above, those that must not from below.
    private static func bound(of expectation: ExampleExpectation) -> ExampleExpectation.TimeBound? {
        if expectation.required == [.timeLimit] { return .upper }
        return expectation.permitted.contains(.timeLimit) ? nil : .lower
    }

    private func verdicts(
        _ name: String, _ map: YAMLMap
    ) throws(ProblemsError) -> Set<Verdict>? {
        guard let key = map.value(name), let list = try map.list(name, lone: words) else {
            return nil
        }
        var verdicts: Set<Verdict> = []
        for word in list {
            guard let verdict = Verdict(rawValue: word),
                ExampleExpectation.anyVerdict.contains(verdict)
            else {
                throw map.error(key, "\(map.prefix)\(name): \"\(word)\" is not AC, WA, TLE or RTE")
            }
            verdicts.insert(verdict)
        }
        guard !verdicts.isEmpty else {
            throw map.error(key, "\(map.prefix)\(name) must name a verdict")
        }
        return verdicts
    }

    /// A score, or the lowest and the highest one.
    private mutating func score(_ map: YAMLMap) throws(ProblemsError) -> ClosedRange<Double>? {
        guard let key = map.value("score") else { return nil }
        guard isScoring else {
            warnings.append(
                "\(map.file):\(key.line): \(map.prefix)score is for scoring problems and is ignored"
            )
            return nil
        }
        let texts = try map.list("score", lone: { [$0] }) ?? []
        let numbers = texts.compactMap(Double.init).filter(\.isFinite)
        guard (1...2).contains(numbers.count), numbers.count == texts.count,
            let range = ExpectedScore.range(numbers[0], numbers[numbers.count - 1])
        else {
            throw map.error(
                key, "\(map.prefix)score must be a number, or two with the lower first")
        }
        return range
    }
}

/// Scores as authors state them.
enum ExpectedScore {
    /// Scores are sums of shares, which do not come out to the last bit.
    private static let slack = 1e-6

    /// nil when `high` is the lower one.
    static func range(_ low: Double, _ high: Double) -> ClosedRange<Double>? {
        guard low <= high else { return nil }
        return (low - slack * max(1, abs(low)))...(high + slack * max(1, abs(high)))
    }
}

/// Without slashes at its ends.
private func trimmed(_ name: String) -> String {
    var rest = name[...]
    while rest.last == "/" { rest.removeLast() }
    while rest.first == "/" { rest.removeFirst() }
    return String(rest)
}
