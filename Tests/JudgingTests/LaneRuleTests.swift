import JudgeCore
import Judging
import Problems
import Sandboxing
import Testing
import Units

@Suite("Several slots against one", .timeLimit(.minutes(2)))
struct LaneRuleTests {
    /// Numbers that are the same for the same seed.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    /// Groups of one to four tests in any of the ways in which groups are graded.
    private static func data(_ numbers: inout Numbers) -> (TestGroup, count: Int) {
        var count = 0
        func members(_ numbers: inout Numbers) -> [TestGroup.Member] {
            (0..<Int.random(in: 1...4, using: &numbers)).map { _ in
                defer { count += 1 }
                return .test(count)
            }
        }
        if Bool.random(using: &numbers) {
            var inner: [TestGroup.Member] = []
            for number in 0..<Int.random(in: 1...4, using: &numbers) {
                var rule = LegacyRule()
                rule.breaksOnReject = Bool.random(using: &numbers)
                inner.append(
                    .group(
                        TestGroup(
                            name: "secret/\(number)", members: members(&numbers),
                            rule: .legacy(rule))))
            }
            var rule = LegacyRule()
            rule.breaksOnReject = Bool.random(using: &numbers)
            let secret = TestGroup(name: "secret", members: inner, rule: .legacy(rule))
            return (TestGroup(name: "", members: [.group(secret)]), count)
        }
        var inner: [TestGroup.Member] = []
        for number in 0..<Int.random(in: 1...5, using: &numbers) {
            var rule = PointsRule(
                maxScore: 10,
                aggregation: [.sum, .min, .passFail].randomElement(using: &numbers) ?? .sum)
            if number > 0, Bool.random(using: &numbers) {
                rule.requirePass = ["secret/\(Int.random(in: 0..<number, using: &numbers))"]
            }
            inner.append(
                .group(
                    TestGroup(
                        name: "secret/\(number)", members: members(&numbers),
                        rule: .points(rule))))
        }
        let secret = TestGroup(
            name: "secret", members: inner,
            rule: .points(PointsRule(maxScore: 100, aggregation: .sum)))
        return (TestGroup(name: "", members: [.group(secret)], rule: .whole), count)
    }

    @Test(
        "The judgement and all that is told are those of one slot, whatever ends first",
        arguments: 0..<60)
    func same(seed: Int) async throws {
        var numbers = Numbers(state: UInt64(seed))
        let (data, count) = Self.data(&numbers)
        let verdicts = (0..<count).map { _ in
            [.accepted, .accepted, .accepted, .wrongAnswer, .timeLimit, .runTimeError]
                .randomElement(using: &numbers) ?? Verdict.accepted
        }
        var lanes = try LaneCase(verdicts, data: data)
        if case .whole = data.rule { lanes.problem.kind.objective = .max }
        lanes.settings.outputs = OutputKeeping(
            tests: .all, each: ByteCount(6),
            total: ByteCount(Int64.random(in: 0...300, using: &numbers)))
        for all in [false, true] {
            let alone = try await lanes.judge(on: lanes.slot(), all: all)
            for lent in 1...3 {
                let pauses = (0..<count).map { _ in Int.random(in: 0...30, using: &numbers) }
                let broken = Int.random(in: 0...count, using: &numbers)
                let gate: @Sendable (String) async -> Void = { test in
                    for _ in 0..<pauses[(Int(test) ?? 1) - 1] { await Task.yield() }
                }
                let spares = FakeSpares(
                    (0..<lent).map { _ in lanes.slot(gate: gate, fails: { $0 == "\(broken)" }) })
                let spread = try await lanes.judge(
                    on: lanes.slot(gate: gate), with: spares, all: all)
                #expect(spread.judgement == alone.judgement)
                #expect(spread.told == alone.told)
                #expect(spares.allAreBack)
            }
        }
    }

    @Test("A slot more is worth its preparation when what it saves is more than twice that")
    func pays() {
        let rule = SpreadRule(testsAtLeast: 4, gain: 2)
        func needed(_ each: Int, _ preparing: Int, _ lanes: Int) -> Int? {
            rule.testsNeeded(
                each: .milliseconds(each), preparing: .milliseconds(preparing), lanes: lanes)
        }
        // Of 40 tests of 10 ms the second slot saves 200 ms, the third 67 ms.
        #expect(needed(10, 100, 1) == 40)
        #expect(needed(10, 100, 2) == 120)
        #expect(needed(1_000, 1, 1) == 4)
        // No lane has to find nothing to do.
        #expect(needed(1_000, 1, 7) == 8)
        #expect(needed(0, 1, 1) == nil)
        #expect(needed(1, 1_000_000, 1) == nil)
    }

    @Test("No slot is borrowed for a few tests")
    func few() async throws {
        let lanes = try LaneCase([.accepted, .accepted, .accepted])
        let spares = FakeSpares(
            [lanes.slot()], rule: SpreadRule(testsAtLeast: 4, gain: 0))
        #expect(
            try await lanes.judge(on: lanes.slot(), with: spares).judgement.verdict == .accepted)
        #expect(spares.borrowed == 0)
    }
}
