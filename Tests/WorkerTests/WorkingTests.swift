import Glibc
import JudgeCore
import Logging
import ServiceLifecycle
import Store
import Synchronization
import Testing
import Worker

@Suite("Working, draining and stopping", .timeLimit(.minutes(1)))
struct WorkingTests {
    @Test("A draining worker judges all that is queued, then ends", arguments: [1, 3])
    func drain(slots: Int) async throws {
        let fixture = try await Fixture()
        var ids: [Int64] = []
        for _ in 0..<20 { ids.append(try await fixture.submit()) }
        let judge = FakeJudge { .answers($0.id % 2 == 0 ? .accepted : .wrongAnswer) }
        try await fixture.worker(judge, slots: slots, drain: true).run()
        for id in ids {
            let record = try await fixture.store.record(of: id)
            #expect(record.state == .done)
            #expect(record.judgement?.verdict == (id % 2 == 0 ? .accepted : .wrongAnswer))
            #expect(record.worker == "w")
        }
    }

    @Test("A draining worker ends at once when nothing is queued")
    func drainNothing() async throws {
        let fixture = try await Fixture()
        try await fixture.worker(FakeJudge { _ in .hangs }, drain: true).run()
    }

    @Test("A draining worker waits for the job of a worker that died, and judges it")
    func drainAbandoned() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        _ = try await fixture.store.claim(worker: "dead", leaseDuration: .milliseconds(1))
        let worker = fixture.worker(FakeJudge { _ in .answers(.accepted) }, drain: true)
        let running = Task { try await worker.run() }
        await fixture.clock.sleeps.wait { _ in true }
        fixture.time.advance(by: .milliseconds(1))
        fixture.clock.advance(by: .seconds(30))
        try await running.value
        let record = try await fixture.store.record(of: id)
        #expect(record.judgement?.verdict == .accepted)
        #expect(record.attempt == 2)
    }

    @Test("A draining worker with a free slot waits for what its other slot still judges")
    func drainLast() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let worker = fixture.worker(FakeJudge { _ in .waits(gate: gate) }, slots: 2, drain: true)
        let running = Task { try await worker.run() }
        // It has found nothing more and sleeps until the next lease may run out.
        await fixture.clock.sleeps.wait { $0 == .seconds(30) }
        open.yield()
        try await running.value
        #expect(try await fixture.store.record(of: id).judgement?.verdict == .accepted)
    }

    @Test("A draining worker that cannot see whether the queue is empty looks again, soon")
    func drainLocked() async throws {
        let fixture = try await Fixture()
        let store = FaultyStore(
            fixture.store, first: 2, of: .queueLength, with: .locked(path: fixture.store.path))
        let worker = fixture.worker(FakeJudge { _ in .hangs }, drain: true, store: store)
        let running = Task { try await worker.run() }
        for _ in 1...2 {
            await fixture.clock.sleeps.wait { $0 == .seconds(1) }
            fixture.clock.advance(by: .seconds(1))
        }
        try await running.value
    }

    @Test("An idle worker is woken by a submission from another store, without any timer")
    func woken() async throws {
        let fixture = try await Fixture()
        // Its clock stands still: no timer of the worker ever ends.
        let worker = fixture.worker(FakeJudge { _ in .answers(.accepted) })
        let running = Task { try await worker.run() }
        await fixture.clock.sleeps.wait { $0 == .seconds(30) }
        let other = try await fixture.another()
        for _ in 0..<5 {
            let id = try await other.submit(
                NewSubmission(problem: "p", language: "c", files: []))
            let record = try await fixture.record(of: id) { $0.isSettled }
            #expect(record?.state == .done)
        }
        running.cancel()
        try await running.value
    }

    @Test("Each slot judges one submission at a time, and what has no slot waits")
    func slots() async throws {
        let fixture = try await Fixture()
        for _ in 0..<3 { _ = try await fixture.submit() }
        let judge = FakeJudge { _ in .hangs }
        let worker = fixture.worker(judge, slots: 2)
        let running = Task { try await worker.run() }
        var slots: Set<Int> = []
        for await case .began(_, let slot) in judge.events {
            slots.insert(slot)
            if slots.count == 2 { break }
        }
        #expect(slots == [0, 1])
        #expect(try await fixture.store.queueLength() == QueueLength(queued: 1, running: 2))
        running.cancel()
        try await running.value
    }

    @Test("A worker that shuts down gives its jobs back without counting the attempt")
    func shutdown() async throws {
        let fixture = try await Fixture()
        let ids = [try await fixture.submit(), try await fixture.submit()]
        let judge = FakeJudge { _ in .hangs }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(
                        service: fixture.worker(judge, slots: 2),
                        successTerminationBehavior: .gracefullyShutdownGroup)
                ], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        let running = Task { try await group.run() }
        var began = 0
        for await case .began in judge.events {
            began += 1
            if began == 2 { break }
        }
        await group.triggerGracefulShutdown()
        try await running.value
        for id in ids { #expect(try await fixture.store.record(of: id).state == .queued) }
        let claim = try await fixture.store.claim(worker: "next", leaseDuration: .seconds(1))
        #expect(claim?.lease.attempt == 1)
    }

    @Test("SIGTERM ends a worker process that has given its job back")
    func sigterm() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let path: String = fixture.store.path
        await #expect(processExitsWith: .success) { [path = path as String] in
            let judge = FakeJudge { _ in .hangs }
            let worker = WorkerService(
                store: try await SQLiteStore.open(path: path, access: .write), judge: judge,
                settings: WorkerSettings(name: "stopped"), logger: Logger(label: "test"))
            async let stopped: Void = worker.runUntilSignalled()
            await judge.events.wait { _ in true }
            kill(getpid(), SIGTERM)
            try await stopped
        }
        #expect(try await fixture.store.record(of: id).state == .queued)
        let claim = try await fixture.store.claim(worker: "next", leaseDuration: .seconds(1))
        #expect(claim?.lease.attempt == 1)
    }

    @Test("A judging that fails is tried again after a longer and longer pause, then dead")
    func failing() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let worker = fixture.worker(FakeJudge { _ in .fails("no cgroup") }, drain: true)
        let clock = fixture.clock
        let pausing = Task {
            var pauses: [Duration] = []
            for await sleep in clock.sleeps where sleep < .seconds(10) {
                pauses.append(sleep)
                clock.advance(by: sleep)
                if pauses.count == 3 { break }
            }
            return pauses
        }
        try await worker.run()
        #expect(await pausing.value == [.milliseconds(250), .milliseconds(500), .seconds(1)])
        let record = try await fixture.store.record(of: id)
        #expect(record.state == .dead)
        #expect(
            record.judgement?.reason?.text == "no verdict in 3 attempts, the last: no cgroup")
    }

    @Test("Each attempt is one line of information that names job, submission, slot and verdict")
    func log() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let lines = LogLines()
        let logger = Logger(label: "test") { _ in LineHandler(lines: lines) }
        try await fixture.worker(
            FakeJudge { _ in .answers(.wrongAnswer) }, drain: true, logger: logger
        ).run()
        let attempts = lines.all.filter { $0.message == "attempt ended" }
        #expect(attempts.count == 1)
        let metadata = try #require(attempts.first?.metadata)
        #expect(metadata["submission.id"] == "\(id)")
        #expect(metadata["job.id"] != nil)
        #expect(metadata["slot"] == "0")
        #expect(metadata["verdict"] == "WA")
    }

    @Test("A worker is called by its host and process unless it has a name")
    func name() {
        let name = WorkerSettings().name
        #expect(name.hasSuffix("-\(getpid())"))
        #expect(name.count > "-\(getpid())".count)
    }
}

/// Log lines as they were written.
private final class LogLines: Sendable {
    struct Line: Sendable {
        var message: String
        var metadata: Logger.Metadata
    }

    private let lines = Mutex<[Line]>([])

    var all: [Line] { lines.withLock { $0 } }

    func append(_ line: Line) {
        lines.withLock { $0.append(line) }
    }
}

private struct LineHandler: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.append(.init(message: "\(event.message)", metadata: event.metadata ?? [:]))
    }
}
