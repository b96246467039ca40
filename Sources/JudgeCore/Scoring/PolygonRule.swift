/// How a group of tests of a Polygon package is graded.
package struct PolygonRule: Sendable, Equatable {
    package enum Policy: Sendable {
        /// All tests must be accepted for any points.
        case completeGroup
        /// Each test counts by itself.
        case eachTest
    }

    package var policy: Policy
    /// What the group states; nil: its tests do.
    package var points: Double?
    /// What the tests state, in order.
    package var testPoints: [Double?]
    /// Groups that must be accepted; else this one is not run and gives nothing.
    package var dependencies: [String]

    package init(
        policy: Policy, points: Double?, testPoints: [Double?] = [], dependencies: [String] = []
    ) {
        self.policy = policy
        self.points = points
        self.testPoints = testPoints
        self.dependencies = dependencies
    }

    /// What a test can give: its own points; else an equal share of what the group's other tests
    /// leave where each counts by itself, and nothing where the group counts whole.
    private func most(ofTest place: Int) -> Double? {
        if let own = testPoints[place] { return own }
        guard let points, policy == .eachTest else { return points == nil ? nil : 0 }
        guard testPoints.allSatisfy({ $0 == nil }) else { return 0 }
        return points / Double(testPoints.count)
    }

    /// The score of one test. A test that is not accepted has what the checker gave it, if anything.
    ///
    /// - Parameter place: of the test among the group's.
    /// - Throws: when the checker gave what it must not give.
    package func score(
        of verdict: Verdict, given: GivenScore, place: Int
    ) throws(GradingError) -> Double {
        let most = most(ofTest: place)
        switch given {
        case .none: return verdict == .accepted ? most ?? 0 : 0
        case .points(let points):
            guard points.isFinite, points >= 0, points <= most ?? .infinity else {
                throw GradingError(
                    "the checker gave \(points) points to a test that has \(most ?? 0)")
            }
            return points
        case .multiplier(let share):
            guard (0...1).contains(share) else {
                throw GradingError("the checker gave \(share) of a test's points, not 0 to 1")
            }
            return share * (most ?? 0)
        }
    }

    /// The group's grade over the tests that were judged, accepted when all of them are.
    package func grade(_ members: [Grade]) -> Grade {
        let verdict = PolygonRule.verdict(of: members)
        switch policy {
        case .eachTest: return Grade(verdict, members.map(\.score).reduce(0, +))
        case .completeGroup:
            let all = points ?? testPoints.compactMap(\.self).reduce(0, +)
            return Grade(verdict, verdict == .accepted ? all : 0)
        }
    }

    /// The submission's grade over its groups: accepted with points or without failure.
    static func grade(ofAll groups: [Grade]) -> Grade {
        let verdict = verdict(of: groups)
        let score = groups.map(\.score).reduce(0, +)
        return Grade(score > 0 && verdict != .judgeError ? .accepted : verdict, score)
    }

    private static func verdict(of members: [Grade]) -> Verdict {
        if members.contains(where: { $0.verdict == .judgeError }) { return .judgeError }
        return members.first { $0.verdict != .accepted }?.verdict ?? .accepted
    }
}
