/// A node of the tree of tests: `data`, its directories `sample` and `secret`, and the groups below.
///
/// Every node is graded over its members, in judging order, by its rule.
package struct TestGroup: Sendable, Equatable {
    package enum Member: Sendable, Equatable {
        /// Index into the problem's tests.
        case test(Int)
        case group(TestGroup)
    }

    /// How a group is graded: as the format of its package says.
    package enum Rule: Sendable, Equatable {
        /// `testdata.yaml`; also of pass-fail problems in every format.
        case legacy(LegacyRule)
        /// `test_group.yaml` of a scoring problem, from 2023-07 on.
        case points(PointsRule)
        /// `data` of such a problem: its last member, `secret`, is the submission's score.
        case whole
        /// A group of a Polygon package with points.
        case polygon(PolygonRule)
        /// All groups of such a package: the sum of their points.
        case total

        /// Names of groups that must be accepted before this one is judged.
        var required: [String] {
            switch self {
            case .points(let rule): rule.requirePass
            case .polygon(let rule): rule.dependencies
            case .legacy, .whole, .total: []
            }
        }

        /// Whether nothing after a member that failed is judged.
        var endsAtFailure: Bool {
            switch self {
            case .legacy(let rule): rule.breaksOnReject
            case .points(let rule): rule.endsAtFailure
            case .polygon(let rule): rule.policy == .completeGroup
            case .whole, .total: false
            }
        }
    }

    /// Path below `data/`: `secret/g1`; empty for `data` itself.
    package var name: String
    package var members: [Member]
    package var rule: Rule

    package init(name: String, members: [Member], rule: Rule = .legacy(LegacyRule())) {
        self.name = name
        self.members = members
        self.rule = rule
    }

    /// Of this group and all within, but for `data` itself, in judging order.
    package var groupNames: [String] {
        let inner = members.flatMap { member -> [String] in
            switch member {
            case .test: []
            case .group(let group): group.groupNames
            }
        }
        return (name.isEmpty ? [] : [name]) + inner
    }

    /// Whether it, or a group within, is graded by the package's own grader.
    package var asksGrader: Bool {
        if case .legacy(let rule) = rule, rule.ownGraderFlags != nil { return true }
        return members.contains { member in
            if case .group(let group) = member { group.asksGrader } else { false }
        }
    }

    /// A pass-fail problem's tests in one group: the first that is not accepted decides.
    package static func passFail(testCount: Int) -> TestGroup {
        TestGroup(name: "", members: (0..<testCount).map(Member.test))
    }
}

/// What a test, a group or a whole submission comes to.
package struct Grade: Sendable, Equatable {
    package var verdict: Verdict
    package var score: Double

    package init(_ verdict: Verdict, _ score: Double) {
        self.verdict = verdict
        self.score = score
    }
}

/// What a package's own grader is asked: the grade of one group over its members.
package struct GraderQuestion: Sendable, Equatable {
    /// The group's name: `secret/g1`; empty for `data` itself.
    package var group: String
    package var flags: [String]
    /// In judging order; at least one, and none a judge error.
    package var members: [Grade]
}

/// What an output validator wrote beside its exit code.
package enum GivenScore: Sendable, Equatable {
    case none
    /// `score.txt`.
    case points(Double)
    /// `score_multiplier.txt`.
    case multiplier(Double)
}

/// Why a grade cannot be given: the package's fault.
package struct GradingError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
