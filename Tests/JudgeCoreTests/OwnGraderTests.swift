import JudgeCore
import Testing

@Suite("Groups that a package's own grader grades")
struct OwnGraderTests {
    static func group(
        _ name: String, _ members: [TestGroup.Member], flags: [String]?, breaks: Bool = true,
        range: ClosedRange<Double> = -.infinity ... .infinity
    ) -> TestGroup {
        var rule = LegacyRule()
        rule.ownGraderFlags = flags
        rule.breaksOnReject = breaks
        rule.range = range
        return TestGroup(name: name, members: members, rule: .legacy(rule))
    }

    static let tree = group(
        "",
        [
            .group(group("sample", [], flags: ["s"])),
            .group(group("secret", [.test(0), .test(1)], flags: ["points", "7"], breaks: false)),
        ], flags: nil)

    @Test("The walk stops with a question for the grader, and goes on with its answer")
    func question() throws {
        var walk = GradingWalk(Self.tree)
        #expect(try walk.next() == 0)
        _ = try walk.take(.accepted)
        #expect(try walk.next() == 1)
        _ = try walk.take(.wrongAnswer)
        for _ in 1...2 {
            #expect(try walk.next() == nil)
            let question = try #require(walk.question)
            #expect(question.group == "secret" && question.flags == ["points", "7"])
            #expect(question.members == [Grade(.accepted, 1), Grade(.wrongAnswer, 0)])
            #expect(walk.grade == nil)
        }
        walk.answer(Grade(.accepted, 3.5))
        #expect(try walk.next() == nil)
        #expect(walk.question == nil && walk.grade == Grade(.accepted, 3.5))
        #expect(walk.grades["sample"] == Grade(.accepted, 0))
        var again = GradingWalk(Self.tree, graders: ["secret": Grade(.accepted, 3.5)])
        while let index = try again.next() {
            _ = try again.take(index == 0 ? .accepted : .wrongAnswer)
        }
        #expect(again.question == nil && again.grade == walk.grade)
    }

    @Test("A judge error is never put to a grader, and what it says must lie in the group's range")
    func bounds() throws {
        var broken = GradingWalk(Self.tree)
        _ = try broken.next()
        _ = try broken.take(.judgeError)
        #expect(try broken.next() == nil)
        #expect(broken.question == nil && broken.grade?.verdict == .judgeError)

        let ranged = Self.group("", [.test(0)], flags: [], range: 0...5)
        for (grade, isAllowed) in [
            (Grade(.accepted, 5), true), (Grade(.accepted, 5.1), false),
            (Grade(.wrongAnswer, 0), true),
        ] {
            var walk = GradingWalk(ranged)
            _ = try walk.next()
            _ = try walk.take(.accepted)
            _ = try walk.next()
            walk.answer(grade)
            if isAllowed {
                #expect(try walk.next() == nil)
                #expect(walk.grade == grade)
            } else {
                #expect(throws: GradingError.self) { try walk.next() }
            }
        }
    }

    @Test("A verdict of the grader's that no test has is given with a reason of its own")
    func reason() {
        let results = [
            TestResult(name: "secret/1", group: "secret", verdict: .accepted),
            TestResult(name: "secret/2", group: "secret", verdict: .accepted),
        ]
        let judgement = Score.judgement(
            of: results, in: Self.tree, graders: ["secret": Grade(.timeLimit, 0)], compile: nil)
        #expect(judgement.verdict == .timeLimit)
        #expect(
            judgement.reason == Reason(.graderVerdict, "the package's grader says TLE"))
        let failed = Score.judgement(
            of: results, in: Self.tree, failure: Reason(.graderCrashed, "it fell"), compile: nil)
        #expect(failed.verdict == .judgeError && failed.reason == Reason(.graderCrashed, "it fell"))
    }
}
