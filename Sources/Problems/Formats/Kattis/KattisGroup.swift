import JudgeCore

/// What the files that describe test groups say: `testdata.yaml` of the legacy formats and of drafts,
/// `test_group.yaml` and `X.yaml` from 2023-07 on.
///
/// A group inherits what it does not state from the group around it.
struct KattisGroup {
    /// Keys that only scoring problems of later formats have, as they were stated.
    struct Points {
        var file: String
        /// `.some(nil)` for `unbounded`.
        var maxScore: Double??
        var maxScoreLine: Int?
        var aggregation: PointsRule.Aggregation?
        var aggregationLine: Int?
        var requirePass: [String] = []
        var requirePassLine: Int?

        /// The first of its keys' lines.
        var line: Int? {
            [maxScoreLine, aggregationLine, requirePassLine].compactMap(\.self).min()
        }
    }

    /// The static validator's case of a group, as it was stated.
    struct StaticCase {
        var file: String
        var line: Int
        /// nil for `pass-fail`.
        var score: Double?
        var arguments: [String]
    }

    var validatorFlags: [String] = []
    var arguments: [String] = []
    var legacy = LegacyRule()
    /// Never inherited.
    var points: Points?
    /// As they are stated; what they mean is the grader's to say.
    private var graderFlags: [String] = []
    private var isOwnGraded = false
    /// Never inherited; where it asks for the package's own grader.
    private(set) var customGrading: (file: String, line: Int)?
    /// Never inherited.
    var staticCase: StaticCase?

    /// What a group within this one begins with.
    var inherited: KattisGroup {
        var group = self
        // The sample is data's alone, whoever grades.
        group.legacy.flags = legacy.flags.withoutSample
        group.graderFlags.removeAll { $0 == "ignore_sample" }
        if isOwnGraded { group.legacy.ownGraderFlags = group.graderFlags }
        group.customGrading = nil
        group.points = nil
        group.staticCase = nil
        return group
    }

    /// Takes the keys of `testdata.yaml`.
    ///
    /// - Returns: warnings.
    mutating func readLegacy(_ yaml: YAMLMap, isRoot: Bool) throws(ProblemsError) -> [String] {
        if let key = yaml.value("on_reject") {
            switch try yaml.text("on_reject") {
            case "break": legacy.breaksOnReject = true
            case "continue": legacy.breaksOnReject = false
            default: throw yaml.error(key, "on_reject must be break or continue")
            }
        }
        if let key = yaml.value("grading") {
            switch try yaml.text("grading") {
            case "default": isOwnGraded = false
            case "custom":
                isOwnGraded = true
                customGrading = (yaml.file, key.line)
            default: throw yaml.error(key, "grading must be default or custom")
            }
        }
        if let key = yaml.value("scoring") {
            throw yaml.error(
                key, "scoring in testdata.yaml was a draft's; state max_score in test_group.yaml")
        }
        legacy.acceptScore = try yaml.score("accept_score") ?? legacy.acceptScore
        legacy.rejectScore = try yaml.score("reject_score") ?? legacy.rejectScore
        if let key = yaml.value("range") {
            let bounds = words(try yaml.text("range") ?? "").compactMap(Double.init)
            guard bounds.count == 2, bounds[0] <= bounds[1] else {
                throw yaml.error(key, "range must be two numbers, the lower first")
            }
            legacy.range = bounds[0]...bounds[1]
        }
        try readGraderFlags(yaml, isRoot: isRoot)
        validatorFlags = try yaml.list("output_validator_flags", lone: words) ?? validatorFlags
        return yaml.unknown(besides: [
            "on_reject", "grading", "grader_flags", "accept_score", "reject_score", "range",
            "input_validator_flags", "output_validator_flags", "run_samples",
        ])
    }

    /// A grader of the package's own gets the flags as they are; the default grader must know them.
    private mutating func readGraderFlags(_ yaml: YAMLMap, isRoot: Bool) throws(ProblemsError) {
        guard let key = yaml.value("grader_flags") ?? yaml.value("grading") else { return }
        graderFlags = try yaml.list("grader_flags", lone: words) ?? graderFlags
        legacy.ownGraderFlags = isOwnGraded ? graderFlags : nil
        guard !isOwnGraded else { return }
        do throws(GradingError) {
            legacy.flags = try GraderFlags(parsing: graderFlags)
        } catch {
            throw yaml.error(key, "grader_flags: \(error.description)")
        }
        guard isRoot || !legacy.flags.ignoresSample else {
            throw yaml.error(key, "grader_flags: ignore_sample is for data/testdata.yaml alone")
        }
    }

    /// Takes the keys of `test_group.yaml`, or of `X.yaml` when `isCase`.
    ///
    /// - Returns: warnings.
    mutating func readCurrent(_ yaml: YAMLMap, isCase: Bool) throws(ProblemsError) -> [String] {
        if let key = yaml.value("output_validator_flags") {
            throw yaml.error(
                key,
                "output_validator_flags is not part of this format; state output_validator_args")
        }
        validatorFlags = try yaml.list("output_validator_args") ?? validatorFlags
        arguments = try yaml.list("args") ?? arguments
        _ = try yaml.bool("full_feedback")
        var known: Set<String> = [
            "args", "output_validator_args", "input_validator_args", "full_feedback",
            "input_visualizer_args", "output_visualizer_args", "test_case_visualizer_args",
        ]
        if isCase {
            _ = try yaml.text("hint")
            _ = try yaml.text("description")
            known.formUnion(["hint", "description"])
        } else {
            try readPoints(yaml)
            known.formUnion([
                "max_score", "score_aggregation", "require_pass", "static_validation_score",
                "static_validator_args",
            ])
        }
        for name in ["scoring", "grading", "grader_flags", "on_reject"] {
            if let key = yaml.value(name) {
                throw yaml.error(
                    key,
                    "\(name) is not part of this format; state max_score and score_aggregation")
            }
        }
        return yaml.unknown(besides: known)
    }

    private mutating func readPoints(_ yaml: YAMLMap) throws(ProblemsError) {
        var points = Points(file: yaml.file)
        if let key = yaml.value("max_score") {
            points.maxScoreLine = key.line
            if try yaml.text("max_score") == "unbounded" {
                points.maxScore = .some(nil)
            } else {
                guard let most = try yaml.score("max_score"), most >= 0, most.rounded() == most,
                    most <= 1e12
                else {
                    throw yaml.error(
                        key, "max_score must be unbounded or a whole number, 0 or more")
                }
                points.maxScore = .some(most)
            }
        }
        if let key = yaml.value("score_aggregation") {
            points.aggregationLine = key.line
            points.aggregation = PointsRule.Aggregation(
                rawValue: try yaml.text("score_aggregation") ?? "")
            guard points.aggregation != nil else {
                throw yaml.error(key, "score_aggregation must be pass-fail, sum or min")
            }
        }
        if let key = yaml.value("require_pass") {
            points.requirePassLine = key.line
            points.requirePass = try yaml.list("require_pass", lone: { [$0] }) ?? []
        }
        if points.line != nil { self.points = points }
        try readStaticCase(yaml)
    }

    private mutating func readStaticCase(_ yaml: YAMLMap) throws(ProblemsError) {
        let arguments = try yaml.list("static_validator_args") ?? []
        guard let key = yaml.value("static_validation_score") else {
            if let key = yaml.value("static_validator_args") {
                throw yaml.error(
                    key, "static_validator_args needs static_validation_score beside it")
            }
            return
        }
        var stated = StaticCase(
            file: yaml.file, line: key.line, score: nil, arguments: arguments)
        let wrong = yaml.error(
            key, "static_validation_score must be pass-fail or a whole number, 0 or more")
        guard case .text(let text, _) = key.value.content else { throw wrong }
        if text != "pass-fail" {
            guard let score = Double(text), score >= 0, score.rounded() == score, score <= 1e12
            else { throw wrong }
            stated.score = score
        }
        staticCase = stated
    }
}

extension YAMLMap {
    /// A finite number of either sign.
    fileprivate func score(_ name: String) throws(ProblemsError) -> Double? {
        guard let key = value(name) else { return nil }
        guard case .text(let text, _) = key.value.content, let number = Double(text),
            number.isFinite, abs(number) <= 1e15
        else { throw error(key, "\(name) must be a number") }
        return number
    }
}
