import JudgeCore
import Testing

@Suite("The walk over the tree of tests")
struct GradingWalkTests {
    /// Walks with these verdicts by index of the test; says which tests were asked for.
    static func walk(
        _ group: TestGroup, _ verdicts: [Verdict]
    ) throws -> (asked: [Int], grade: Grade?) {
        var walk = GradingWalk(group)
        var asked: [Int] = []
        while let index = try walk.next() {
            #expect(try walk.next() == index)
            asked.append(index)
            _ = try walk.take(verdicts[index])
        }
        return (asked, walk.grade)
    }

    static func legacy(
        _ name: String, _ members: [TestGroup.Member], flags: String = "", breaks: Bool = true,
        accept: Double = 1, range: ClosedRange<Double> = -.infinity ... .infinity
    ) throws -> TestGroup {
        var rule = LegacyRule()
        rule.flags = try DefaultGraderTests.flags(flags)
        rule.breaksOnReject = breaks
        rule.acceptScore = accept
        rule.range = range
        return TestGroup(name: name, members: members, rule: .legacy(rule))
    }

    static func points(
        _ name: String, _ members: [TestGroup.Member], most: Double?,
        _ aggregation: PointsRule.Aggregation, require: [String] = [], sample: Bool = false
    ) -> TestGroup {
        TestGroup(
            name: name, members: members,
            rule: .points(
                PointsRule(
                    maxScore: most, aggregation: aggregation, requirePass: require,
                    isUnscored: sample)))
    }

    @Test("A group that breaks on reject ends there, one that continues runs all")
    func breaking() throws {
        let tests: [TestGroup.Member] = [.test(0), .test(1), .test(2)]
        let verdicts: [Verdict] = [.accepted, .wrongAnswer, .runTimeError]
        let breaking = try Self.walk(Self.legacy("", tests), verdicts)
        #expect(breaking.asked == [0, 1] && breaking.grade == Grade(.wrongAnswer, 1))
        let all = try Self.walk(Self.legacy("", tests, breaks: false), verdicts)
        #expect(all.asked == [0, 1, 2] && all.grade == Grade(.runTimeError, 1))
    }

    /// As Swedish packages have it: points per group, the samples ignored.
    static func swedish() throws -> TestGroup {
        let first = try legacy("secret/1", [.test(1), .test(2)], flags: "min", accept: 40)
        let second = try legacy("secret/2", [.test(3), .test(4)], flags: "min", accept: 60)
        let secret = try legacy(
            "secret", [.group(first), .group(second)],
            flags: "first_error accept_if_any_accepted", breaks: false, range: 0...100)
        let sample = try legacy("sample", [.test(0)])
        return try legacy(
            "", [.group(sample), .group(secret)], flags: "ignore_sample", breaks: false)
    }

    @Test("Groups with points: each counts alone, a rejected one not at all")
    func legacyPoints() throws {
        let ac = Verdict.accepted
        let full = try Self.walk(Self.swedish(), [ac, ac, ac, ac, ac])
        #expect(full.grade == Grade(.accepted, 100))
        let half = try Self.walk(Self.swedish(), [ac, .wrongAnswer, ac, ac, ac])
        #expect(half.asked == [0, 1, 3, 4] && half.grade == Grade(.accepted, 60))
        let none = try Self.walk(Self.swedish(), [ac, .timeLimit, ac, ac, .wrongAnswer])
        #expect(none.asked == [0, 1, 3, 4] && none.grade == Grade(.timeLimit, 0))
        let sample = try Self.walk(Self.swedish(), [.wrongAnswer, ac, ac, ac, ac])
        #expect(sample.grade == Grade(.accepted, 100))
    }

    @Test("A score outside its range is the package's fault, naming the group")
    func range() throws {
        let group = try Self.legacy("secret", [.test(0)], accept: 7, range: 0...5)
        var walk = GradingWalk(group)
        _ = try walk.next()
        _ = try walk.take(.accepted)
        #expect(throws: GradingError.self) { try walk.next() }
        do {
            _ = try Self.walk(group, [.accepted])
        } catch let error as GradingError {
            #expect(error.description.hasPrefix("data/secret: gives 7.0 points"))
        }
        #expect(try Self.walk(group, [.wrongAnswer]).grade == Grade(.wrongAnswer, 0))
    }

    @Test("Points whose sum is no number are the package's fault, naming the group")
    func endlessSum() throws {
        let group = try Self.legacy("secret", [.test(0), .test(1)], accept: 1.7e308)
        #expect(try Self.walk(group, [.wrongAnswer]).grade == Grade(.wrongAnswer, 0))
        #expect {
            _ = try Self.walk(group, [.accepted, .accepted])
        } throws: { error in
            (error as? GradingError)?.description.hasPrefix("data/secret: its points") == true
        }
    }

    static func later(require: [String] = ["secret/1"]) -> TestGroup {
        let sample = points("sample", [.test(0)], most: nil, .passFail, sample: true)
        let first = points("secret/1", [.test(1), .test(2)], most: 30, .passFail)
        let second = points(
            "secret/2", [.test(3), .test(4)], most: 70, .sum, require: require)
        let secret = points("secret", [.group(first), .group(second)], most: 100, .sum)
        return TestGroup(name: "", members: [.group(sample), .group(secret)], rule: .whole)
    }

    @Test("A submission with points is accepted; without any, its first failure decides")
    func whole() throws {
        let ac = Verdict.accepted
        #expect(try Self.walk(Self.later(), [ac, ac, ac, ac, ac]).grade == Grade(ac, 100))
        let part = try Self.walk(Self.later(), [.wrongAnswer, ac, ac, .timeLimit, ac])
        #expect(part.asked == [0, 1, 2, 3, 4] && part.grade == Grade(ac, 65))
        let nothing = try Self.walk(Self.later(), [ac, .timeLimit, ac, ac, ac])
        #expect(nothing.asked == [0, 1] && nothing.grade == Grade(.timeLimit, 0))
    }

    @Test("A group whose required group failed is not run and counts nothing")
    func requirePass() throws {
        let ac = Verdict.accepted
        let free = try Self.walk(Self.later(require: []), [ac, .timeLimit, ac, ac, ac])
        #expect(free.asked == [0, 1, 3, 4] && free.grade == Grade(ac, 70))
        let sample = try Self.walk(Self.later(require: ["sample"]), [.wrongAnswer, ac, ac, ac, ac])
        #expect(sample.asked == [0, 1, 2] && sample.grade == Grade(ac, 30))
    }

    @Test("A judge error ends the walk and is the verdict")
    func judgeError() throws {
        let ac = Verdict.accepted
        let later = try Self.walk(Self.later(), [ac, .judgeError, ac, ac, ac])
        #expect(later.asked == [0, 1] && later.grade?.verdict == .judgeError)
        let legacy = try Self.walk(Self.swedish(), [.judgeError, ac, ac, ac, ac])
        #expect(legacy.asked == [0])
    }

    @Test("A hundred thousand groups are walked in one pass", .timeLimit(.minutes(1)))
    func large() throws {
        let groups = (0..<100_000).map {
            TestGroup.Member.group(TestGroup(name: "secret/\($0)", members: [.test($0)]))
        }
        let root = TestGroup(name: "", members: groups)
        let verdicts = [Verdict](repeating: .accepted, count: 100_000)
        #expect(try Self.walk(root, verdicts).grade == Grade(.accepted, 100_000))
    }
}
