import JudgeCore
import Testing

@Suite struct PolygonRuleTests {
    /// What a problem of these groups gives when its tests, in order, have these verdicts.
    private static func grade(
        _ groups: [(name: String, rule: PolygonRule)],
        _ verdicts: [(Verdict, GivenScore)]
    ) throws -> (grade: Grade?, judged: Int) {
        var index = 0
        let members = groups.map { group -> TestGroup.Member in
            let tests = group.rule.testPoints.indices.map { TestGroup.Member.test(index + $0) }
            index += tests.count
            return .group(TestGroup(name: group.name, members: tests, rule: .polygon(group.rule)))
        }
        var walk = GradingWalk(TestGroup(name: "", members: members, rule: .total))
        var judged = 0
        while let next = try walk.next() {
            _ = try walk.take(verdicts[next].0, given: verdicts[next].1)
            judged += 1
        }
        return (walk.grade, judged)
    }

    private static func verdicts(_ verdicts: Verdict...) -> [(Verdict, GivenScore)] {
        verdicts.map { ($0, .none) }
    }

    @Test(
        "A complete group gives its points for all of its tests, and is left at its first failure")
    func completeGroup() throws {
        let stated = PolygonRule(policy: .completeGroup, points: 5, testPoints: [nil, nil, nil])
        let all = try Self.grade([("1", stated)], Self.verdicts(.accepted, .accepted, .accepted))
        #expect(all.grade == Grade(.accepted, 5))
        let none = try Self.grade([("1", stated)], Self.verdicts(.accepted, .timeLimit, .accepted))
        #expect(none.grade == Grade(.timeLimit, 0) && none.judged == 2)
        // Points may stand on one of its tests.
        let last = PolygonRule(policy: .completeGroup, points: nil, testPoints: [0, nil, 2])
        let some = try Self.grade([("1", last)], Self.verdicts(.wrongAnswer, .accepted, .accepted))
        #expect(some.grade == Grade(.wrongAnswer, 0))
        let whole = try Self.grade([("1", last)], Self.verdicts(.accepted, .accepted, .accepted))
        #expect(whole.grade == Grade(.accepted, 2))
    }

    @Test(
        "In a group of single tests each accepted test counts, by its own points or an equal share")
    func eachTest() throws {
        let verdicts = Self.verdicts(.accepted, .wrongAnswer, .accepted)
        let own = PolygonRule(policy: .eachTest, points: nil, testPoints: [1, 2, 4])
        #expect(try Self.grade([("1", own)], verdicts).grade == Grade(.accepted, 5))
        #expect(try Self.grade([("1", own)], verdicts).judged == 3)
        let shared = PolygonRule(policy: .eachTest, points: 9, testPoints: [nil, nil, nil])
        #expect(try Self.grade([("1", shared)], verdicts).grade == Grade(.accepted, 6))
        let none = Self.verdicts(.runTimeError, .wrongAnswer, .timeLimit)
        #expect(try Self.grade([("1", own)], none).grade == Grade(.runTimeError, 0))
    }

    @Test("A group is not run unless those it depends on are accepted in full")
    func dependencies() throws {
        let base = PolygonRule(policy: .eachTest, points: nil, testPoints: [1, 1])
        let other = PolygonRule(
            policy: .completeGroup, points: 7, testPoints: [nil], dependencies: ["1"])
        let groups = [("1", base), ("2", other)]
        let full = try Self.grade(groups, Self.verdicts(.accepted, .accepted, .accepted))
        #expect(full.grade == Grade(.accepted, 9) && full.judged == 3)
        let part = try Self.grade(groups, Self.verdicts(.accepted, .wrongAnswer, .accepted))
        #expect(part.grade == Grade(.accepted, 1) && part.judged == 2)
        // Not even where the group that failed gives points for a part.
        let given: [(Verdict, GivenScore)] = [
            (.accepted, .none), (.wrongAnswer, .multiplier(0.5)), (.accepted, .none),
        ]
        #expect(try Self.grade(groups, given).grade == Grade(.accepted, 1.5))
    }

    @Test("A checker's points count for their test, and never more than it has")
    func given() throws {
        let rule = PolygonRule(policy: .eachTest, points: nil, testPoints: [4, nil])
        let grade = try Self.grade(
            [("1", rule)], [(.wrongAnswer, .points(1.5)), (.wrongAnswer, .points(10))])
        #expect(grade.grade == Grade(.accepted, 11.5))
        for given in [GivenScore.points(4.5), .points(-1), .points(.nan), .multiplier(1.5)] {
            #expect(throws: GradingError.self) {
                try Self.grade([("1", rule)], [(.wrongAnswer, given), (.accepted, .none)])
            }
        }
        let complete = PolygonRule(policy: .completeGroup, points: 5, testPoints: [nil])
        let half = try Self.grade([("1", complete)], [(.wrongAnswer, .multiplier(0.5))])
        #expect(half.grade == Grade(.wrongAnswer, 0))
    }

    @Test("A judge error in a test is the verdict, whatever other groups gave")
    func judgeError() throws {
        let rule = PolygonRule(policy: .eachTest, points: nil, testPoints: [1])
        let result = try Self.grade(
            [("1", rule), ("2", rule), ("3", rule)],
            Self.verdicts(.accepted, .judgeError, .accepted))
        #expect(result.grade?.verdict == .judgeError && result.judged == 2)
    }
}
