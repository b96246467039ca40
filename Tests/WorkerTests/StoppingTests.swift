import GRDB
import Glibc
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

    @Test("A job is given back, and its attempt not counted, when the lock is free again")
    func lockedMeanwhile() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let judge = FakeJudge { _ in .hangs }
        let store = FaultyStore(
            fixture.store, first: 3, of: .giveBack, with: .locked(path: fixture.store.path))
        let group = group(fixture.worker(judge, store: store))
        let running = Task { try await group.run() }
        await judge.events.wait { $0 == .began(submission: id, slot: 0) }
        await group.triggerGracefulShutdown()
        for _ in 1...3 {
            await fixture.clock.sleeps.wait { $0 == .milliseconds(250) }
            fixture.clock.advance(by: .milliseconds(250))
        }
        try await running.value
        #expect(try await fixture.store.record(of: id).state == .queued)
        let next = try await fixture.store.claim(worker: "next", leaseDuration: .seconds(1))
        #expect(next?.lease.attempt == 1)
    }

    @Test("A judgement that is made while the lock is held is stored when it is free again")
    func lockedAtTheEnd() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let judge = FakeJudge { _ in .finishesAnyway(gate: gate) }
        let store = FaultyStore(
            fixture.store, first: 1, of: .finish, with: .full(path: fixture.store.path))
        let group = group(fixture.worker(judge, store: store))
        let running = Task { try await group.run() }
        await judge.events.wait { $0 == .began(submission: id, slot: 0) }
        await group.triggerGracefulShutdown()
        open.yield()
        await fixture.clock.sleeps.wait { $0 == .milliseconds(250) }
        fixture.clock.advance(by: .milliseconds(250))
        try await running.value
        #expect(try await fixture.store.record(of: id).state == .done)
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

    @Test("A worker over whose head the database is brought up to date ends at once, and says why")
    func upgraded() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let judge = FakeJudge { _ in .hangs }
        let running = Task { try await fixture.worker(judge, slots: 2).run() }
        await judge.events.wait { $0 == .began(submission: id, slot: 0) }
        // It has found nothing more to do.
        await fixture.clock.sleeps.wait { $0 == .seconds(30) }
        let queue = try DatabaseQueue(path: fixture.store.path)
        func rows(_ sql: String) throws -> [Row] {
            try queue.read { try Row.fetchAll($0, sql: sql) }
        }
        let version = try #require(try rows("PRAGMA user_version").first?[0] as Int?)
        let lease = try rows("SELECT * FROM job")
        try await queue.write { try $0.execute(sql: "PRAGMA user_version = \(version + 1)") }
        // As every writer does after its commit.
        #expect(utimensat(AT_FDCWD, fixture.store.path, nil, 0) == 0)
        await judge.events.wait { $0 == .cancelled(submission: id) }
        let error = await #expect(throws: StoreError.self) { try await running.value }
        #expect(
            error
                == .newerVersion(path: fixture.store.path, found: version + 1, known: version))
        // Its lease is left to run out.
        #expect(try rows("SELECT * FROM job") == lease)
        #expect(try rows("SELECT * FROM attempt").isEmpty)
    }
}
