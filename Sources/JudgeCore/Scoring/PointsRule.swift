/// How a group of a scoring problem is graded from 2023-07 on: the keys of `test_group.yaml`.
package struct PointsRule: Sendable, Equatable {
    package enum Aggregation: String, Sendable {
        case passFail = "pass-fail"
        case sum, min
    }

    /// nil for `unbounded`.
    package var maxScore: Double?
    package var aggregation: Aggregation
    /// Names of `sample` or earlier groups; when one is not passed, this group is not run.
    package var requirePass: [String]
    /// Whether the tests count nothing: `sample`.
    package var isUnscored: Bool
    /// What the static validator's case, then the first member, gives at most; comes off what the tests
    /// share. nil where there is no such case, or none that gives points.
    package var staticValidationScore: Double?

    package init(
        maxScore: Double?, aggregation: Aggregation, requirePass: [String] = [],
        isUnscored: Bool = false, staticValidationScore: Double? = nil
    ) {
        self.maxScore = maxScore
        self.aggregation = aggregation
        self.requirePass = requirePass
        self.isUnscored = isUnscored
        self.staticValidationScore = staticValidationScore
    }

    /// Whether nothing after a member that failed can change this group's grade.
    package var endsAtFailure: Bool {
        isUnscored || aggregation != .sum
    }

    /// The score of one test; zero unless it is accepted.
    ///
    /// - Parameters:
    ///   - testCount: tests in this group, the static validator's case not counted.
    ///   - isStatic: whether it is the static validator's case.
    /// - Throws: when the validator's files are not what the format lets them be here.
    package func score(
        of verdict: Verdict, given: GivenScore, testCount: Int, isStatic: Bool = false
    ) throws(GradingError) -> Double {
        guard !isUnscored else { return 0 }
        if given != .none {
            guard verdict == .accepted else {
                throw GradingError("the validator gave a score to a test that it rejected")
            }
            guard aggregation != .passFail else {
                throw GradingError("the validator gave a score in a pass-fail group")
            }
        }
        guard verdict == .accepted, aggregation != .passFail else { return 0 }
        let share = maxScore.map {
            aggregation == .min
                ? $0 : ($0 - (staticValidationScore ?? 0)) / Double(Swift.max(1, testCount))
        }
        let most = isStatic ? staticValidationScore : share
        switch given {
        case .none:
            guard let most else {
                throw GradingError(
                    "the validator gave no score in a group whose score is unbounded")
            }
            return most
        case .points(let points):
            guard points.isFinite, points >= 0, points <= most ?? .infinity else {
                throw GradingError(
                    "the validator gave \(points) points, which is not between 0 and "
                        + (most.map { "\($0)" } ?? "infinity"))
            }
            return points
        case .multiplier(let factor):
            guard let most else {
                throw GradingError(
                    "the validator gave a multiplier in a group whose score is unbounded")
            }
            guard (0...1).contains(factor) else {
                throw GradingError(
                    "the validator gave the multiplier \(factor), not between 0 and 1")
            }
            return factor * most
        }
    }

    /// The grade of a group over the members that were judged.
    ///
    /// A `min` or `pass-fail` group that failed has no points. Accepted is a group all of whose
    /// members are; else the first that is not decides.
    /// - Throws: when the members give more than `max_score`.
    package func grade(_ members: [Grade]) throws(GradingError) -> Grade {
        let failure =
            members.first { $0.verdict == .judgeError }
            ?? members.first { $0.verdict != .accepted }
        let verdict = failure?.verdict ?? .accepted
        guard !isUnscored else { return Grade(verdict, 0) }
        let score: Double =
            switch aggregation {
            case .passFail: verdict == .accepted ? maxScore ?? 0 : 0
            case .sum: members.map(\.score).reduce(0, +)
            case .min: members.map(\.score).min() ?? 0
            }
        // Shares such as 100 / 3 do not add up to the last bit.
        if let maxScore, score > maxScore * (1 + 1e-9) {
            throw GradingError("gives \(score) points, more than its max_score of \(maxScore)")
        }
        return Grade(verdict, Swift.min(score, maxScore ?? .infinity))
    }

    /// The grade of a submission: the score of `secret`, the last of `data`'s members. It is accepted
    /// when it has points or nothing failed; else the first failure decides.
    static func grade(ofWhole members: [Grade]) -> Grade {
        let score = members.last?.score ?? 0
        let failure =
            members.first { $0.verdict == .judgeError }
            ?? members.first { $0.verdict != .accepted }
        guard let failure else { return Grade(.accepted, score) }
        let isAccepted = failure.verdict != .judgeError && score > 0
        return Grade(isAccepted ? .accepted : failure.verdict, score)
    }
}
