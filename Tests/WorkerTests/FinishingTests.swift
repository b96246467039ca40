import JudgeCore
import Store
import Testing
import Worker

@Suite("A worker that shall finish what it has", .timeLimit(.minutes(1)))
struct FinishingTests {
    @Test("It judges to the end what it has, takes nothing more, and ends")
    func finish() async throws {
        let fixture = try await Fixture()
        let first = try await fixture.submit()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let judge = FakeJudge { _ in .waits(gate: gate) }
        let worker = fixture.worker(judge)
        let running = Task { try await worker.run() }
        await judge.events.wait { $0 == .began(submission: first, slot: 0) }
        let second = try await fixture.submit()
        worker.finish()
        await fixture.clock.sleeps.wait { $0 == WorkerService<ManualClock>.finishTime }
        open.yield()
        try await running.value
        #expect(try await fixture.store.record(of: first).state == .done)
        #expect(try await fixture.store.record(of: second).state == .queued)
    }

    @Test("What takes longer than it waits is given back, and no attempt is counted")
    func late() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let judge = FakeJudge { _ in .hangs }
        let worker = fixture.worker(judge)
        let running = Task { try await worker.run() }
        await judge.events.wait { $0 == .began(submission: id, slot: 0) }
        worker.finish()
        let time = WorkerService<ManualClock>.finishTime
        await fixture.clock.sleeps.wait { $0 == time }
        fixture.clock.advance(by: time)
        await judge.events.wait { $0 == .cancelled(submission: id) }
        try await running.value
        #expect(try await fixture.store.record(of: id).state == .queued)
        let next = try await fixture.store.claim(worker: "next", leaseDuration: .seconds(1))
        #expect(next?.lease.attempt == 1)
    }

    @Test("One that is asked before it begins takes nothing")
    func before() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let worker = fixture.worker(FakeJudge { _ in .answers(.accepted) })
        worker.finish()
        try await worker.run()
        #expect(try await fixture.store.record(of: id).state == .queued)
    }

    @Test("A judging that has borrowed slots gives them back with its end")
    func lent() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (borrowed, tell) = AsyncStream.makeStream(of: Void.self)
        let judge = FakeJudge { _ in
            .borrows { loans in
                let loans = try #require(loans)
                // The worker takes a free slot for a moment to look for work.
                var slot = loans.borrow()
                while slot == nil {
                    try Task.checkCancellation()
                    await Task.yield()
                    slot = loans.borrow()
                }
                tell.yield()
                for await _ in gate { break }
                if let slot { loans.giveBack(slot, failure: nil) }
                return Judgement(verdict: .accepted, reason: nil)
            }
        }
        let worker = fixture.worker(judge, slots: 2)
        let running = Task { try await worker.run() }
        await borrowed.wait { _ in true }
        worker.finish()
        open.yield()
        try await running.value
        #expect(try await fixture.store.record(of: id).state == .done)
    }
}
