import JudgeCore
import Testing

@Suite("Points of the later formats")
struct PointsRuleTests {
    static let sum = PointsRule(maxScore: 60, aggregation: .sum)
    static let min = PointsRule(maxScore: 60, aggregation: .min)
    static let passFail = PointsRule(maxScore: 60, aggregation: .passFail)
    static let unbounded = PointsRule(maxScore: nil, aggregation: .sum)

    @Test("A test's most is its share of a sum and all of a minimum")
    func shares() throws {
        #expect(try Self.sum.score(of: .accepted, given: .none, testCount: 3) == 20)
        #expect(try Self.min.score(of: .accepted, given: .none, testCount: 3) == 60)
        #expect(try Self.passFail.score(of: .accepted, given: .none, testCount: 3) == 0)
        #expect(try Self.sum.score(of: .wrongAnswer, given: .none, testCount: 3) == 0)
        var shared = Self.sum
        shared.staticValidationScore = 30
        #expect(try shared.score(of: .accepted, given: .none, testCount: 3) == 10)
    }

    @Test("The static validator's case gives at most its own points, and the tests share the rest")
    func staticCase() throws {
        for (aggregation, rest, total) in [
            (PointsRule.Aggregation.sum, 20.0, 60.0), (.min, 60, 20),
        ] {
            let rule = PointsRule(
                maxScore: 60, aggregation: aggregation, staticValidationScore: 20)
            var walk = GradingWalk(
                TestGroup(name: "", members: [.test(0), .test(1), .test(2)], rule: .points(rule)))
            for (index, score) in [(0, 20.0), (1, rest), (2, rest)] {
                #expect(try walk.next() == index)
                #expect(try walk.take(.accepted) == score)
            }
            #expect(try walk.next() == nil)
            #expect(walk.grade == Grade(.accepted, total))
            #expect(
                try rule.score(
                    of: .accepted, given: .multiplier(0.25), testCount: 2, isStatic: true) == 5)
            #expect(throws: GradingError.self) {
                try rule.score(of: .accepted, given: .points(21), testCount: 2, isStatic: true)
            }
        }
        let unbounded = PointsRule(
            maxScore: nil, aggregation: .sum, staticValidationScore: 20)
        #expect(
            try unbounded.score(of: .accepted, given: .none, testCount: 2, isStatic: true) == 20)
    }

    @Test("A validator's points count as they are, its multiplier as a part of the most")
    func given() throws {
        #expect(try Self.sum.score(of: .accepted, given: .points(7.5), testCount: 3) == 7.5)
        #expect(try Self.sum.score(of: .accepted, given: .points(20), testCount: 3) == 20)
        #expect(try Self.sum.score(of: .accepted, given: .multiplier(0.25), testCount: 3) == 5)
        #expect(try Self.unbounded.score(of: .accepted, given: .points(1e9), testCount: 3) == 1e9)
        let sample = PointsRule(maxScore: nil, aggregation: .passFail, isUnscored: true)
        #expect(try sample.score(of: .accepted, given: .points(3), testCount: 1) == 0)
    }

    static let wrong: [(rule: PointsRule, verdict: Verdict, given: GivenScore)] = [
        (unbounded, .accepted, .none), (unbounded, .accepted, .multiplier(0.5)),
        (sum, .wrongAnswer, .points(0)), (sum, .wrongAnswer, .multiplier(0)),
        (passFail, .accepted, .points(1)), (passFail, .accepted, .multiplier(1)),
        (sum, .accepted, .points(20.5)), (sum, .accepted, .points(-1)),
        (sum, .accepted, .points(.nan)), (sum, .accepted, .multiplier(1.01)),
        (sum, .accepted, .multiplier(-0.01)), (sum, .accepted, .multiplier(.nan)),
    ]

    @Test("What a validator must not give is a judge error", arguments: 0..<12)
    func judgeErrors(row: Int) {
        let (rule, verdict, given) = Self.wrong[row]
        #expect(throws: GradingError.self) {
            try rule.score(of: verdict, given: given, testCount: 3)
        }
    }

    @Test("A group's score is the sum, the minimum, or all or nothing")
    func groups() throws {
        let members = [Grade(.accepted, 20), Grade(.wrongAnswer, 0), Grade(.accepted, 20)]
        #expect(try Self.sum.grade(members) == Grade(.wrongAnswer, 40))
        #expect(try Self.min.grade(members) == Grade(.wrongAnswer, 0))
        #expect(try Self.passFail.grade(members) == Grade(.wrongAnswer, 0))
        let good = [Grade(.accepted, 30), Grade(.accepted, 25)]
        #expect(try Self.passFail.grade(good) == Grade(.accepted, 60))
        #expect(try Self.min.grade(good) == Grade(.accepted, 25))
    }

    @Test("Shares that do not add up to the last bit are no excess; an excess is a judge error")
    func excess() throws {
        let hundred = PointsRule(maxScore: 100, aggregation: .sum)
        let share = try hundred.score(of: .accepted, given: .none, testCount: 3)
        let thirds = [Grade](repeating: Grade(.accepted, share), count: 3)
        #expect(abs(try hundred.grade(thirds).score - 100) < 1e-9)
        #expect(throws: GradingError.self) { try hundred.grade([Grade(.accepted, 100.5)]) }
    }
}
