import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Synchronization
import Testing
import Units

@Suite("Tests of one submission in several slots", .timeLimit(.minutes(1)))
struct LaneTests {
    private static func accepted(_ count: Int) -> [Verdict] {
        Array(repeating: .accepted, count: count)
    }

    private static func tests(of slot: ScriptedSlot) async -> [String] {
        await slot.calls.compactMap(\.test)
    }

    @Test("Results that come out of order are told and judged in order")
    func order() async throws {
        let lanes = try LaneCase([.accepted, .accepted, .wrongAnswer, .accepted])
        let alone = try await lanes.judge(on: lanes.slot(), all: true)
        let last = Gate()
        let own = lanes.slot(gate: { _ in await last.pass() })
        // The fourth begins in the lent slot when the second and the third have ended there.
        let lent = lanes.slot(gate: { if $0 == "4" { last.open() } })
        let spares = FakeSpares([lent])
        let both = try await lanes.judge(on: own, with: spares, all: true)
        #expect(await Self.tests(of: own) == ["1"])
        #expect(await Self.tests(of: lent) == ["2", "3", "4"])
        #expect(both.judgement == alone.judgement)
        #expect(both.told == alone.told)
        #expect(both.told.progress == [[0, 4], [1, 4], [2, 4], [3, 4], [4, 4]])
        #expect(spares.allAreBack)
        // What all tests share is put there once.
        #expect(await lent.resets == 1)
    }

    @Test(
        "A judging that ends early ends at the same test, whatever had run already",
        arguments: 0..<6, 1...3)
    func early(failing: Int, lent count: Int) async throws {
        var verdicts = Self.accepted(6)
        verdicts[failing] = .wrongAnswer
        let lanes = try LaneCase(verdicts)
        let alone = try await lanes.judge(on: lanes.slot())
        let turn = Gate()
        let first = "\(failing + 1)"
        // What fails ends after the next one has begun elsewhere, if there is one.
        let gate: @Sendable (String) async -> Void = { test in
            if test == first, failing < 5 { await turn.pass() }
            if let number = Int(test), number > failing + 1 { turn.open() }
        }
        let own = lanes.slot(gate: gate)
        let lent = (0..<count).map { _ in lanes.slot(gate: gate) }
        let spares = FakeSpares(lent)
        let spread = try await lanes.judge(on: own, with: spares)
        #expect(spread.judgement == alone.judgement)
        #expect(spread.judgement.tests.count == failing + 1)
        #expect(spread.told == alone.told)
        #expect(spares.allAreBack && spares.borrowed > 0)
    }

    @Test("What is kept of outputs is what one slot keeps, also where the room for it ends")
    func outputs() async throws {
        var lanes = try LaneCase([.wrongAnswer, .timeLimit, .wrongAnswer, .runTimeError])
        lanes.settings.outputs = OutputKeeping(
            tests: .all, each: ByteCount(7), total: ByteCount(90))
        let alone = try await lanes.judge(on: lanes.slot(), all: true)
        #expect(alone.judgement.tests.last?.outputs.map(\.keptBytes) == [0])
        let last = Gate()
        let own = lanes.slot(gate: { _ in await last.pass() })
        let spares = FakeSpares([lanes.slot(gate: { if $0 == "3" { last.open() } })])
        let both = try await lanes.judge(on: own, with: spares, all: true)
        #expect(both.judgement == alone.judgement && both.told == alone.told)
    }

    @Test("A run that is not needed any more is stopped, and no word of it is told")
    func needless() async throws {
        let lanes = try LaneCase([.wrongAnswer, .accepted, .accepted])
        let (begun, forever) = (Gate(), Gate())
        let own = lanes.slot(gate: { _ in await begun.pass() })
        let lent = lanes.slot(gate: { _ in
            begun.open()
            await forever.pass()
        })
        let spares = FakeSpares([lent])
        let judged = try await lanes.judge(on: own, with: spares)
        #expect(judged.judgement.tests.map(\.verdict) == [.wrongAnswer])
        #expect(judged.told.progress == [[0, 3], [1, 3]])
        #expect(await Self.tests(of: lent) == ["2"])
        #expect(spares.allAreBack)
    }

    @Test("When a group has failed its tests are stopped, and the slot goes on with the next group")
    func nextGroup() async throws {
        func group(_ name: String, _ members: [TestGroup.Member]) -> TestGroup {
            TestGroup(
                name: name, members: members,
                rule: .points(PointsRule(maxScore: 50, aggregation: .min)))
        }
        let groups = [
            group("secret/a", [.test(0), .test(1)]), group("secret/b", [.test(2), .test(3)]),
        ]
        let secret = TestGroup(
            name: "secret", members: groups.map { .group($0) },
            rule: .points(PointsRule(maxScore: 100, aggregation: .sum)))
        var lanes = try LaneCase(
            [.wrongAnswer, .accepted, .accepted, .accepted],
            data: TestGroup(name: "", members: [.group(secret)], rule: .whole))
        lanes.problem.kind.objective = .max
        let alone = try await lanes.judge(on: lanes.slot())
        let (second, last, forever) = (Gate(), Gate(), Gate())
        let own = lanes.slot(gate: { await ($0 == "1" ? second : last).pass() })
        let lent = lanes.slot(gate: { test in
            (test == "2" ? second : last).open()
            if test == "2" { await forever.pass() }
        })
        let spares = FakeSpares([lent])
        let both = try await lanes.judge(on: own, with: spares)
        #expect(both.judgement == alone.judgement && both.told == alone.told)
        #expect(both.judgement.score == 50)
        // The box is filled anew after a run that was stopped.
        #expect(await lent.resets == 2)
    }

    @Test("A slot that becomes free meanwhile is borrowed then")
    func later() async throws {
        let lanes = try LaneCase(Self.accepted(8))
        let lent = lanes.slot()
        let spares = FakeSpares([lent], isWanted: true)
        let judged = try await lanes.judge(on: lanes.slot(), with: spares) {
            if $0.name == "secret/3" { spares.isWanted = false }
        }
        #expect(judged.judgement.verdict == .accepted)
        #expect(judged.told.tests.map(\.name) == (1...8).map { "secret/\($0)" })
        #expect(await Self.tests(of: lent).first == "5")
        #expect(spares.allAreBack)
    }

    @Test("A slot that somebody needs is given back after the test that runs there")
    func askedBack() async throws {
        let lanes = try LaneCase(Self.accepted(5))
        let back = Gate()
        let own = lanes.slot(gate: { _ in await back.pass() })
        let spares = Mutex<FakeSpares?>(nil)
        let lent = lanes.slot(gate: { _ in spares.withLock { $0?.isWanted = true } })
        let lender = FakeSpares([lent])
        spares.withLock { $0 = lender }
        async let judged = lanes.judge(on: own, with: lender)
        // Before any test of the judging's own slot ends.
        for await _ in lender.givenBack { break }
        back.open()
        #expect(try await judged.judgement.verdict == .accepted)
        #expect(await Self.tests(of: lent) == ["2"])
        #expect(await Self.tests(of: own) == ["1", "3", "4", "5"])
    }

    @Test("What fails in a lent slot is run again in the judging's own")
    func failure() async throws {
        let lanes = try LaneCase([.accepted, .accepted, .runTimeError, .accepted])
        let alone = try await lanes.judge(on: lanes.slot(), all: true)
        let failed = Gate()
        let own = lanes.slot(gate: { if $0 == "1" { await failed.pass() } })
        let spares = FakeSpares([lanes.slot(fails: { _ in true })])
        async let both = lanes.judge(on: own, with: spares, all: true)
        for await _ in spares.givenBack { break }
        failed.open()
        let judged = try await both
        #expect(judged.judgement == alone.judgement && judged.told == alone.told)
        #expect(spares.failures == ["the helper is gone"])
        #expect(await Self.tests(of: own) == ["1", "2", "3", "4"])
    }

    @Test(
        "A failure of the judging's own slot counts where its test has its turn, and only then",
        arguments: [Verdict.accepted, .wrongAnswer])
    func ownFailure(second: Verdict) async throws {
        let lanes = try LaneCase([.accepted, second, .accepted])
        let (begun, failed) = (Gate(), Gate())
        let own = lanes.slot(
            gate: { await ($0 == "1" ? begun.pass() : failed.open()) }, fails: { $0 == "3" })
        let lent = lanes.slot(gate: { _ in
            begun.open()
            await failed.pass()
        })
        let spares = FakeSpares([lent])
        if second == .accepted {
            await #expect(throws: JudgingError.machine("the helper is gone")) {
                try await lanes.judge(on: own, with: spares)
            }
        } else {
            let judged = try await lanes.judge(on: own, with: spares)
            #expect(judged.judgement.verdict == second)
        }
        #expect(await Self.tests(of: own) == ["1", "3"])
        #expect(spares.allAreBack)
    }

    @Test("A judging that is cancelled ends when nothing runs in any of its slots")
    func cancelled() async throws {
        let lanes = try LaneCase(Self.accepted(9))
        let begun = Mutex(0)
        let (three, forever) = (Gate(), Gate())
        let gate: @Sendable (String) async -> Void = { _ in
            let all = begun.withLock { begun in
                begun += 1
                return begun == 3
            }
            if all { three.open() }
            await forever.pass()
            begun.withLock { $0 -= 1 }
        }
        let spares = FakeSpares((0..<2).map { _ in lanes.slot(gate: gate) })
        let own = lanes.slot(gate: gate)
        let task = Task { () async -> (any Error)? in
            do {
                _ = try await lanes.judge(on: own, with: spares)
                return nil
            } catch {
                return error
            }
        }
        await three.pass()
        task.cancel()
        #expect(await task.value as? JudgingError == .cancelled)
        #expect(begun.withLock { $0 } == 0)
        #expect(spares.allAreBack)
    }

    @Test("A static validation runs in the judging's own slot, and the others meanwhile")
    func staticValidation() async throws {
        let folder = try StaticValidatorTests.folder()
        var problem = StaticValidatorTests.problem(folder)
        for _ in 0..<3 { problem.tests.append(problem.tests[1]) }
        for index in 2...4 { problem.tests[index].name = "secret/\(index)" }
        problem.data = TestGroup(
            name: "",
            members: [
                .group(
                    TestGroup(
                        name: "secret", members: (0...4).map { .test($0) },
                        rule: .points(
                            PointsRule(
                                maxScore: 100, aggregation: .sum, staticValidationScore: 40))))
            ], rule: .whole)
        let answer = ScriptedSlot.Answer(report: .exit(42))
        let lentCompanion = StaticValidatorTests.companion(answer)
        let spares = FakeSpares([StaticValidatorTests.slot(lentCompanion)])
        let judge = Judge(languages: [JudgeTests.cpp, JudgeTests.python])
        let companion = StaticValidatorTests.companion(answer)
        let judgement = try await judge.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: problem,
            on: StaticValidatorTests.slot(companion), spares: spares)
        #expect(judgement.verdict == .accepted && judgement.score == 100)
        #expect(judgement.tests.map(\.score) == [40, 15, 15, 15, 15])
        func programs(_ slot: ScriptedSlot) async -> Set<String> {
            Set(
                await slot.calls.filter { !$0.request.boxWritable }.map {
                    String(decoding: $0.box["main"] ?? [], as: UTF8.self)
                })
        }
        #expect(await programs(companion).contains("static"))
        #expect(await programs(lentCompanion) == ["output"])
        #expect(spares.allAreBack)
    }

    @Test("A package's own grader is asked in the judging's own slot, in the same words")
    func grader() async throws {
        let folder = try GraderTests.folder()
        func judged(_ spares: FakeSpares?) async throws -> (Judgement, [[UInt8]]) {
            let companion = GraderTests.companion { input in
                // It may take long, and nobody would look at who is wanted back.
                #expect(spares?.allAreBack != false)
                return .init(report: .exit(0), stdout: input.hasPrefix("AC") ? "AC 3" : "WA 0")
            }
            let judgement = try await Judge(languages: [JudgeTests.cpp]).judge(
                JudgeTests.source, in: JudgeTests.cpp,
                problem: GraderTests.problem(folder, breaks: true),
                on: GraderTests.slot(["1.in": "x", "2.in": "y", "3.in": "x"], companion),
                spares: spares)
            return (judgement, await companion.calls.map(\.bytes))
        }
        let spares = FakeSpares([
            GraderTests.slot(
                ["1.in": "x", "2.in": "y", "3.in": "x"],
                ScriptedSlot { call throws(SandboxError) in
                    throw SandboxError("the grader was asked elsewhere")
                })
        ])
        let (alone, both) = (try await judged(nil), try await judged(spares))
        #expect(both.0 == alone.0)
        #expect(both.1 == alone.1)
        #expect(spares.borrowed > 0 && spares.failures.isEmpty && spares.allAreBack)
    }
}
