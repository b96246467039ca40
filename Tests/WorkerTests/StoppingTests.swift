import JudgeCore
import Logging
import ServiceLifecycle
import Store
import Testing
import Worker

@Suite("A worker that is told to stop", .timeLimit(.minutes(1)))
struct StoppingTests {
    private func group(_ worker: WorkerService<ManualClock>) -> ServiceGroup {
        ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: worker, successTerminationBehavior: .gracefullyShutdownGroup)
                ], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    }

    @Test(
        "A judging that does not end within the stated time is told to whoever can end the process")
    func overdue() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (overdue, tell) = AsyncStream.makeStream(of: Void.self)
        let judge = FakeJudge { _ in .ignoresCancellation(gate: gate) }
        let group = group(fixture.worker(judge, overdue: { tell.yield() }))
        let running = Task { try await group.run() }
        await judge.events.wait { $0 == .began(submission: id, slot: 0) }
        await group.triggerGracefulShutdown()
        await fixture.clock.sleeps.wait { $0 == Fixture.stopTime }
        fixture.clock.advance(by: Fixture.stopTime)
        await overdue.wait { _ in true }
        open.yield()
        try await running.value
        #expect(try await fixture.store.record(of: id).state == .queued)
    }

    @Test(
        "A worker that stops in time is not told to be overdue, however long its process lives on")
    func inTime() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let (overdue, tell) = AsyncStream.makeStream(of: Void.self)
        let judge = FakeJudge { _ in .hangs }
        let group = group(fixture.worker(judge, overdue: { tell.yield() }))
        let running = Task { try await group.run() }
        await judge.events.wait { $0 == .began(submission: id, slot: 0) }
        await group.triggerGracefulShutdown()
        try await running.value
        fixture.clock.advance(by: .seconds(3_600))
        tell.finish()
        for await _ in overdue { Issue.record("it was said to be overdue") }
        #expect(try await fixture.store.record(of: id).state == .queued)
    }

    @Test("What is judged when the worker is told to stop is stored and not given back")
    func judgedMeanwhile() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let judge = FakeJudge { _ in .finishesAnyway(gate: gate) }
        let group = group(fixture.worker(judge))
        let running = Task { try await group.run() }
        await judge.events.wait { $0 == .began(submission: id, slot: 0) }
        await group.triggerGracefulShutdown()
        await fixture.clock.sleeps.wait { $0 == Fixture.stopTime }
        open.yield()
        try await running.value
        let record = try await fixture.store.record(of: id)
        #expect(record.state == .done)
        #expect(record.judgement?.verdict == .accepted)
    }
}
