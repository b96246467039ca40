import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Synchronization
import Testing

@Suite("Tests that follow one another while outputs are looked at", .timeLimit(.minutes(1)))
struct OverlapTests {
    private static func tests(of slot: ScriptedSlot) async -> [String] {
        await slot.calls.compactMap(\.test)
    }

    /// How many runs are in a slot at one time.
    private final class Crowd: Sendable {
        private let state = Mutex((now: 0, most: 0))

        var most: Int { state.withLock(\.most) }
        var now: Int { state.withLock(\.now) }

        func enter(_ count: Int = 1) {
            state.withLock { state in
                state.now += count
                state.most = max(state.most, state.now)
            }
        }

        func leave() { state.withLock { $0.now -= 1 } }
    }

    @Test(
        "The next test is sent to the slot while one runs there, in order, and told as from one after another"
    )
    func inOrder() async throws {
        let lanes = try LaneCase(Array(repeating: .accepted, count: 12))
        let alone = try await lanes.judge(on: lanes.slot())
        let gates = (0...13).map { _ in Gate() }
        // Each but the first ends when the next one has come.
        let own = lanes.slot(
            hasProcessorBeside: true,
            gate: { test in
                guard let number = Int(test) else { return }
                gates[number].open()
                if (2..<12).contains(number) { await gates[number + 1].pass() }
            })
        let judged = try await lanes.judge(on: own)
        #expect(await Self.tests(of: own) == (1...12).map(String.init))
        #expect(judged.judgement == alone.judgement && judged.told == alone.told)
        #expect(await own.resets == 2)
    }

    @Test(
        "A judging that ends early stops the test that was sent ahead, and tells no word of it",
        arguments: 1..<5)
    func early(failing: Int) async throws {
        var verdicts = [Verdict](repeating: .accepted, count: 6)
        verdicts[failing] = .wrongAnswer
        let lanes = try LaneCase(verdicts)
        let alone = try await lanes.judge(on: lanes.slot())
        let (ahead, forever) = (Gate(), Gate())
        let own = lanes.slot(
            hasProcessorBeside: true,
            gate: { test in
                if test == "\(failing + 1)" { await ahead.pass() }
                if test == "\(failing + 2)" {
                    ahead.open()
                    await forever.pass()
                }
            })
        let judged = try await lanes.judge(on: own)
        #expect(judged.judgement == alone.judgement && judged.told == alone.told)
        #expect(await Self.tests(of: own) == (1...failing + 2).map(String.init))
    }

    @Test("After a stopped test the slot goes on, and its box is as it was")
    func nextGroup() async throws {
        func group(_ name: String, _ members: [TestGroup.Member]) -> TestGroup {
            TestGroup(
                name: name, members: members,
                rule: .points(PointsRule(maxScore: 50, aggregation: .min)))
        }
        let secret = TestGroup(
            name: "secret",
            members: [
                .group(group("secret/a", [.test(0), .test(1), .test(2)])),
                .group(group("secret/b", [.test(3), .test(4)])),
            ], rule: .points(PointsRule(maxScore: 100, aggregation: .sum)))
        var lanes = try LaneCase(
            [.accepted, .wrongAnswer, .accepted, .accepted, .accepted],
            data: TestGroup(name: "", members: [.group(secret)], rule: .whole))
        lanes.problem.kind.objective = .max
        let alone = try await lanes.judge(on: lanes.slot())
        let (ahead, forever) = (Gate(), Gate())
        let own = lanes.slot(
            hasProcessorBeside: true,
            gate: { test in
                if test == "2" { await ahead.pass() }
                if test == "3" {
                    ahead.open()
                    await forever.pass()
                }
            })
        let judged = try await lanes.judge(on: own)
        #expect(judged.judgement == alone.judgement && judged.told == alone.told)
        #expect(judged.judgement.score == 50)
        #expect(await Self.tests(of: own) == ["1", "2", "3", "4", "5"])
        #expect(await own.resets == 2)
    }

    @Test(
        "After a failure the slot is prepared anew, and what failed there runs again",
        arguments: [2, 3, 4])
    func mended(failing: Int) async throws {
        let lanes = try LaneCase(Array(repeating: .accepted, count: 7))
        let alone = try await lanes.judge(on: lanes.slot())
        let broken = Mutex(false)
        let failed = Mutex(false)
        // Until its box is filled anew nothing works there any more.
        let own = lanes.slot(
            hasProcessorBeside: true, reset: { broken.withLock { $0 = false } },
            fails: { test in
                let isFirst =
                    test == "\(failing)"
                    && failed.withLock { failed in
                        defer { failed = true }
                        return !failed
                    }
                return broken.withLock { broken in
                    broken = broken || isFirst
                    return broken
                }
            })
        let judged = try await lanes.judge(on: own)
        #expect(judged.judgement == alone.judgement && judged.told == alone.told)
        #expect(await own.resets == 3)
    }

    @Test("A long test has the slot for itself from then on, until one is short again")
    func long() async throws {
        var lanes = try LaneCase(Array(repeating: .accepted, count: 9))
        lanes.long = [4, 5, 6]
        let alone = try await lanes.judge(on: lanes.slot())
        let crowd = (0...10).map { _ in Crowd() }
        let all = Crowd()
        let ninth = Gate()
        let own = lanes.slot(
            hasProcessorBeside: true,
            gate: { test in
                guard let number = Int(test) else { return }
                all.enter()
                crowd[number].enter(all.now)
                if number == 8 { await ninth.pass() }
                if number == 9 { ninth.open() }
                if (6...7).contains(number) {
                    for _ in 0..<3_000 where all.now == 1 { await Task.yield() }
                }
                all.leave()
            })
        let judged = try await lanes.judge(on: own)
        #expect(judged.judgement == alone.judgement && judged.told == alone.told)
        // 4 and 5 may have been there together.
        #expect(crowd[6].now == 1 && crowd[7].now == 1)
        #expect(crowd[9].now == 2)
        // No run had changed the box.
        #expect(await own.resets == 2)
    }

    @Test("A slot that fails is a failure of the judging, and of nothing that had no turn")
    func failure() async throws {
        let lanes = try LaneCase([.accepted, .wrongAnswer, .accepted])
        let begun = Gate()
        let own = lanes.slot(
            hasProcessorBeside: true,
            gate: { test in
                if test == "2" { await begun.pass() }
                if test == "3" { begun.open() }
            }, fails: { $0 == "3" })
        #expect(try await lanes.judge(on: own).judgement.verdict == .wrongAnswer)
        let broken = lanes.slot(hasProcessorBeside: true, fails: { $0 == "1" })
        await #expect(throws: JudgingError.machine("the helper is gone")) {
            try await lanes.judge(on: broken)
        }
    }

    @Test("A judging that is cancelled ends when nothing of it runs in the slot")
    func cancelled() async throws {
        let lanes = try LaneCase(Array(repeating: .accepted, count: 5))
        let crowd = Crowd()
        let (both, forever) = (Gate(), Gate())
        let own = lanes.slot(
            hasProcessorBeside: true,
            gate: { test in
                guard test != "1" else { return }
                crowd.enter()
                if test == "3" { both.open() }
                await forever.pass()
                crowd.leave()
            })
        let task = Task { () async -> (any Error)? in
            do {
                _ = try await lanes.judge(on: own)
                return nil
            } catch {
                return error
            }
        }
        await both.pass()
        task.cancel()
        #expect(await task.value as? JudgingError == .cancelled)
        #expect(crowd.most == 2)
        #expect(crowd.now == 0)
    }

    struct Alone: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var hasProcessor = true
        var change: @Sendable (inout Problem) -> Void = { _ in }
    }

    private static let alone = [
        Alone(testDescription: "no processor is left", hasProcessor: false),
        Alone(testDescription: "runs may write files", change: { $0.allowFileWriting = true }),
        Alone(
            testDescription: "an input file",
            change: {
                $0.allowFileWriting = true
                $0.streams.inputFile = "in.txt"
            }),
        Alone(
            testDescription: "an output file",
            change: {
                $0.allowFileWriting = true
                $0.streams.outputFile = "out.txt"
            }),
        Alone(
            testDescription: "a test's own files",
            change: {
                $0.tests[1].files = [
                    PackageFile(name: "more.txt", path: $0.tests[0].answerPath)
                ]
            }),
    ]

    @Test(
        "Where a run may change what the next one finds, or its files are looked at, one test follows the other",
        arguments: alone)
    func oneByOne(_ place: Alone) async throws {
        var lanes = try LaneCase(Array(repeating: .accepted, count: 4))
        place.change(&lanes.problem)
        let crowd = Crowd()
        let own = ScriptedSlot(
            hasProcessorBeside: place.hasProcessor,
            gate: { call in
                // The compiler finds no program.
                guard call.box["main"] != nil else { return }
                crowd.enter()
                // Long enough for a second one to come, were it sent.
                for _ in 0..<3_000 where crowd.most == 1 { await Task.yield() }
                crowd.leave()
            },
            { _ in .init(report: .exit(0), left: ["main": [1]]) })
        _ = try await lanes.judge(on: own, all: true)
        #expect(await own.calls.count >= 4)
        #expect(crowd.most == 1)
    }

    @Test(
        "A failure that repeats ends the judging, and no test before it is lost",
        arguments: [false, true])
    func repeated(all: Bool) async throws {
        let lanes = try LaneCase(Array(repeating: .accepted, count: 6))
        let told = Mutex<[String]>([])
        let own = lanes.slot(hasProcessorBeside: true, fails: { $0 == "3" })
        await #expect(throws: JudgingError.machine("the helper is gone")) {
            try await lanes.judge(on: own, all: all) { test in
                told.withLock { $0.append(test.name) }
            }
        }
        #expect(told.withLock { $0 } == ["secret/1", "secret/2"])
    }

    @Test("What the machine failed to do in a run that is made again is told")
    func toldFailure() async throws {
        let lanes = try LaneCase(Array(repeating: .accepted, count: 6))
        let failed = Mutex(false)
        let own = lanes.slot(
            hasProcessorBeside: true,
            fails: { test in
                test == "3"
                    && failed.withLock { failed in
                        defer { failed = true }
                        return !failed
                    }
            })
        let told = Mutex<[String]>([])
        let judgement = try await Judge().judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: lanes.problem, on: own,
            failed: { cause in told.withLock { $0.append(cause) } })
        #expect(judgement.verdict == .accepted)
        #expect(told.withLock { $0 } == ["the helper is gone"])
    }
}
