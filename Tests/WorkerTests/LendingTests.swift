import JudgeCore
import Store
import Synchronization
import Testing
import Worker

@Suite("Lending slots that are idle", .timeLimit(.minutes(1)))
struct LendingTests {
    private static let accepted = Judgement(verdict: .accepted, reason: nil)

    /// Borrows a slot, tells so, and gives it back when somebody wants it.
    private static func lendUntilWanted(
        _ loans: Loans, _ tell: AsyncStream<Void>.Continuation
    ) async throws {
        let slot = try await borrowed(loans)
        tell.yield()
        await untilWanted(slot, loans)
        loans.giveBack(slot, failure: nil)
    }

    /// The worker takes a free slot for a moment to look for work.
    private static func borrowed(_ loans: Loans) async throws -> Int {
        while true {
            if let slot = loans.borrow() { return slot }
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    /// As a judging does after each test.
    private static func untilWanted(_ slot: Int, _ loans: Loans) async {
        while !loans.isWantedBack(slot), !Task.isCancelled { await Task.yield() }
    }

    @Test("A slot is lent while nothing waits, and asked back by a submission that comes")
    func asked() async throws {
        let fixture = try await Fixture()
        let (steps, tell) = AsyncStream.makeStream(of: Void.self)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let first = try await fixture.submit()
        let judge = FakeJudge { submission in
            guard submission.id == first else { return .waits(gate: gate) }
            return .borrows { loans in
                let loans = try #require(loans)
                let slot = try await Self.borrowed(loans)
                #expect(slot == 1)
                #expect(loans.borrow() == nil)
                tell.yield()
                await Self.untilWanted(slot, loans)
                loans.giveBack(slot, failure: nil)
                // There is work for it, which has not ended.
                #expect(loans.borrow() == nil)
                open.yield()
                return Self.accepted
            }
        }
        let running = Task { try await fixture.worker(judge, slots: 2).run() }
        await steps.wait { _ in true }
        let next = try await fixture.submit()
        for id in [first, next] {
            let record = try await fixture.record(of: id) { $0.isSettled }
            #expect(record?.judgement?.verdict == .accepted)
        }
        var slots: [Int] = []
        for await case .began(_, let slot) in judge.events {
            slots.append(slot)
            if slots.count == 2 { break }
        }
        #expect(slots == [0, 1])
        running.cancel()
        try await running.value
    }

    @Test("A slot can be borrowed again when the work that it was asked back for is done")
    func again() async throws {
        let fixture = try await Fixture()
        let (steps, tell) = AsyncStream.makeStream(of: Void.self)
        let first = try await fixture.submit()
        let judge = FakeJudge { submission in
            guard submission.id == first else { return .answers(.accepted) }
            return .borrows { loans in
                let loans = try #require(loans)
                try await Self.lendUntilWanted(loans, tell)
                loans.giveBack(try await Self.borrowed(loans), failure: nil)
                return Self.accepted
            }
        }
        let worker = fixture.worker(judge, slots: 2, drain: true)
        let running = Task { try await worker.run() }
        await steps.wait { _ in true }
        let next = try await fixture.submit()
        // It drains: nothing is left, and no slot is missing.
        try await running.value
        for id in [first, next] {
            #expect(try await fixture.store.record(of: id).judgement?.verdict == .accepted)
        }
    }

    @Test("A job of a worker that died gets a lent slot when its lease has run out")
    func expired() async throws {
        let fixture = try await Fixture()
        let (steps, tell) = AsyncStream.makeStream(of: Void.self)
        let dead = try await fixture.submit()
        _ = try await fixture.store.claim(worker: "dead", leaseDuration: .seconds(5))
        let first = try await fixture.submit()
        let judge = FakeJudge { submission in
            guard submission.id == first else { return .answers(.wrongAnswer) }
            return .borrows { loans in
                let loans = try #require(loans)
                try await Self.lendUntilWanted(loans, tell)
                return Self.accepted
            }
        }
        let running = Task { try await fixture.worker(judge, slots: 2).run() }
        await steps.wait { _ in true }
        await fixture.clock.sleeps.wait { $0 == .seconds(5) }
        fixture.time.advance(by: .seconds(5))
        fixture.clock.advance(by: .seconds(5))
        let record = try await fixture.record(of: dead) { $0.isSettled }
        #expect(record?.judgement?.verdict == .wrongAnswer)
        running.cancel()
        try await running.value
    }

    @Test("A slot in which something failed is not lent to the same judging again")
    func failed() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let judge = FakeJudge { _ in
            .borrows { loans in
                let loans = try #require(loans)
                let first = try await Self.borrowed(loans)
                loans.giveBack(first, failure: "the helper is gone")
                let second = try await Self.borrowed(loans)
                #expect([first, second] == [2, 1])
                loans.giveBack(second, failure: nil)
                return Self.accepted
            }
        }
        try await fixture.worker(judge, slots: 3, drain: true).run()
        #expect(try await fixture.store.record(of: id).judgement?.verdict == .accepted)
    }

    @Test(
        "Nothing is lent with one slot, where it is switched off, and to what is judged again",
        arguments: [(1, true, 0.0), (2, false, 0.0), (2, true, 1.0)])
    func nothing(slots: Int, spreads: Bool, share: Double) async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let calls = Mutex(0)
        let judge = FakeJudge { _ in
            .borrows { loans in
                #expect(loans == nil)
                calls.withLock { $0 += 1 }
                return Self.accepted
            }
        }
        try await fixture.worker(
            judge, slots: slots, drain: true, repeatShare: share, spreadTests: spreads
        ).run()
        #expect(try await fixture.store.record(of: id).judgement?.verdict == .accepted)
        #expect(calls.withLock { $0 } == (share > 0 ? 2 : 1))
    }

    @Test("A judging that waits to be made again gets a lent slot that is not its first")
    func repetition() async throws {
        let fixture = try await Fixture()
        let (borrowed, tell) = AsyncStream.makeStream(of: Void.self)
        let (again, tellAgain) = AsyncStream.makeStream(of: Void.self)
        let times = Mutex(0)
        let chosen = try await fixture.submit()
        let other = try await fixture.submit()
        let judge = FakeJudge { submission in
            guard submission.id == other else {
                return .borrows { _ in
                    let isAgain = times.withLock { times in
                        times += 1
                        return times == 2
                    }
                    if isAgain { tellAgain.finish() }
                    // Once the third slot is lent; a second time at once.
                    for await _ in borrowed {}
                    return Self.accepted
                }
            }
            return .borrows { loans in
                let loans = try #require(loans)
                let slot = try await Self.borrowed(loans)
                #expect(slot == 2)
                tell.finish()
                await Self.untilWanted(slot, loans)
                loans.giveBack(slot, failure: nil)
                // Else its own slot were free as well.
                for await _ in again {}
                return Self.accepted
            }
        }
        // The first claim is chosen, no other.
        let draws = Mutex(0)
        let worker = fixture.worker(
            judge, slots: 3, drain: true, repeatShare: 0.5,
            draw: {
                draws.withLock { draws in
                    draws += 1
                    return draws == 1 ? 0 : 0.9
                }
            })
        try await worker.run()
        var slots: [[Int64]] = []
        for await case .began(let id, let slot) in judge.events {
            slots.append([id, Int64(slot)])
            if slots.count == 3 { break }
        }
        #expect(
            slots.sorted { $0[0] < $1[0] || $0[0] == $1[0] && $0[1] < $1[1] }
                == [[chosen, 0], [chosen, 2], [other, 1]])
    }

    @Test("A worker that is told to stop gives its job back with all that was borrowed for it")
    func stopped() async throws {
        let fixture = try await Fixture()
        let (steps, tell) = AsyncStream.makeStream(of: Void.self)
        let id = try await fixture.submit()
        let judge = FakeJudge { _ in
            .borrows { loans in
                let loans = try #require(loans)
                try await Self.lendUntilWanted(loans, tell)
                throw FakeJudge.Failure(description: "stopped")
            }
        }
        let running = Task { try await fixture.worker(judge, slots: 2).run() }
        await steps.wait { _ in true }
        running.cancel()
        try await running.value
        #expect(try await fixture.store.record(of: id).state == .queued)
    }
}
