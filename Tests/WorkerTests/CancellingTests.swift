import JudgeCore
import Store
import Testing
import Worker

@Suite("Submissions cancelled while they are judged", .timeLimit(.minutes(1)))
struct CancellingTests {
    @Test("The judging of a cancelled submission stops by event, and its slot judges the next one")
    func slotIsFreed() async throws {
        let fixture = try await Fixture()
        let cancelled = try await fixture.submit()
        let next = try await fixture.submit()
        let judge = FakeJudge { $0.id == cancelled ? .hangs : .answers(.accepted) }
        // Its clock stands still: no renewal ever tells it that the lease is lost.
        let worker = fixture.worker(judge)
        let running = Task { try await worker.run() }
        await judge.events.wait { $0 == .began(submission: cancelled, slot: 0) }
        _ = try await fixture.another().cancel([cancelled])
        await judge.events.wait { $0 == .cancelled(submission: cancelled) }
        let record = try await fixture.record(of: next) { $0.isSettled }
        #expect(record?.judgement?.verdict == .accepted)
        #expect(try await fixture.store.record(of: cancelled).judgement?.verdict == .cancelled)
        running.cancel()
        try await running.value
    }

    @Test("Cancelling one submission leaves the judging in another slot alone")
    func otherSlot() async throws {
        let fixture = try await Fixture()
        let cancelled = try await fixture.submit()
        let kept = try await fixture.submit()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let judge = FakeJudge { $0.id == cancelled ? .hangs : .waits(gate: gate) }
        let worker = fixture.worker(judge, slots: 2)
        let running = Task { try await worker.run() }
        var began = 0
        for await case .began in judge.events {
            began += 1
            if began == 2 { break }
        }
        _ = try await fixture.another().cancel([cancelled])
        await judge.events.wait { $0 == .cancelled(submission: cancelled) }
        open.yield()
        let record = try await fixture.record(of: kept) { $0.isSettled }
        #expect(record?.judgement?.verdict == .accepted)
        #expect(record?.attempt == 1)
        running.cancel()
        try await running.value
    }

    @Test("A judging whose submission is cancelled as it begins stops")
    func asItBegins() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let store = fixture.store
        // Whether the worker listens already or begins to, it must find out.
        let judge = FakeJudge { submission in
            .cancels { _ = try await store.cancel([submission.id]) }
        }
        let worker = fixture.worker(judge)
        let running = Task { try await worker.run() }
        await judge.events.wait { $0 == .cancelled(submission: id) }
        running.cancel()
        try await running.value
        #expect(try await store.record(of: id).state == .cancelled)
    }
}
