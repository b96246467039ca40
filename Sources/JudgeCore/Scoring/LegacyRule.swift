/// How a group of the legacy formats is graded: the keys of `testdata.yaml`, inherited from the
/// nearest group that states them.
package struct LegacyRule: Sendable, Equatable {
    /// Whether judging of the group ends at its first member that is rejected.
    package var breaksOnReject = true
    /// Of an accepted and a rejected test.
    package var acceptScore = 1.0
    package var rejectScore = 0.0
    /// Where the group's score must lie when it is accepted.
    package var range: ClosedRange<Double> = -.infinity ... .infinity
    package var flags = GraderFlags()
    /// What the package's own grader is called with, which then decides; nil: the default grader does.
    package var ownGraderFlags: [String]?

    package init() {}
}

/// What the default grader is told by its flags. Of flags that exclude each other the last counts.
package struct GraderFlags: Sendable, Equatable {
    package enum VerdictMode: String, Sendable {
        case worstError = "worst_error"
        case firstError = "first_error"
        case alwaysAccept = "always_accept"
    }

    package enum ScoreMode: String, Sendable {
        case sum, avg, min, max
    }

    package private(set) var verdictMode = VerdictMode.worstError
    package private(set) var scoreMode = ScoreMode.sum
    package private(set) var ignoresSample = false
    package private(set) var acceptsIfAnyAccepted = false

    package init() {}

    /// - Throws: for a flag that the default grader does not have.
    package init(parsing flags: [String]) throws(GradingError) {
        for flag in flags {
            if let mode = VerdictMode(rawValue: flag == "no_errors" ? "always_accept" : flag) {
                verdictMode = mode
            } else if let mode = ScoreMode(rawValue: flag) {
                scoreMode = mode
            } else if flag == "ignore_sample" {
                ignoresSample = true
            } else if flag == "accept_if_any_accepted" {
                acceptsIfAnyAccepted = true
            } else {
                throw GradingError("\"\(flag)\" is not a flag of the default grader")
            }
        }
    }

    /// As groups within inherit them: the sample is `data`'s alone.
    package var withoutSample: GraderFlags {
        var flags = self
        flags.ignoresSample = false
        return flags
    }

    /// What the default grader says of a group's members: accepted with 0 when there are none. The
    /// scores of rejected members count like all others.
    ///
    /// - Throws: when the sample is to be ignored among more than two members, which only the root,
    ///   with `sample` and `secret`, never has.
    package func grade(_ members: [Grade]) throws(GradingError) -> Grade {
        guard !ignoresSample || members.count <= 2 else {
            throw GradingError("ignore_sample is for data/testdata.yaml alone")
        }
        let counted = ignoresSample ? members.suffix(1) : members[...]
        return Grade(verdict(of: counted.map(\.verdict)), score(of: counted.map(\.score)))
    }

    private func verdict(of verdicts: [Verdict]) -> Verdict {
        if verdicts.contains(.judgeError) { return .judgeError }
        if acceptsIfAnyAccepted, verdicts.contains(.accepted) { return .accepted }
        let failures = verdicts.filter { $0 != .accepted }
        switch verdictMode {
        case .alwaysAccept: return .accepted
        case .firstError: return failures.first ?? .accepted
        case .worstError: return failures.min { badness($0) < badness($1) } ?? .accepted
        }
    }

    private func score(of scores: [Double]) -> Double {
        let sum = scores.reduce(0, +)
        return switch scoreMode {
        case .sum: sum
        case .avg: scores.isEmpty ? 0 : sum / Double(scores.count)
        case .min: scores.min() ?? 0
        case .max: scores.max() ?? 0
        }
    }
}

/// Place in the default grader's order of errors, the worst first.
private func badness(_ verdict: Verdict) -> Int {
    switch verdict {
    case .judgeError, .cancelled: 0
    case .runTimeError: 1
    case .memoryLimit: 2
    case .timeLimit: 3
    case .outputLimit: 4
    case .wrongAnswer: 5
    case .compilerError: 6
    case .accepted: 7
    }
}
