import Dispatch
import JudgeCore
import Store
import Synchronization
import Testing

@Suite("Cancelling")
struct CancellingTests {
    @Test("A submission that waits is taken off with the verdict CS, and is not claimed any more")
    func queued() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let other = try await fixture.submit()
        #expect(
            try await fixture.store.cancel([id])
                == [Cancellation(submission: id, found: .queued, state: .cancelled)])
        let record = try await fixture.store.record(of: id)
        #expect(record.state == .cancelled)
        #expect(record.isSettled)
        #expect(record.judgement?.verdict == .cancelled)
        #expect(record.judgement?.reason == Reason(.cancelled, "cancelled while it waited"))
        #expect(record.attempt == nil)
        #expect(record.worker == nil)
        #expect(try await fixture.claim()?.submission.id == other)
        #expect(try await fixture.claim() == nil)
    }

    @Test("A submission that runs is taken from its worker, of which every later write is refused")
    func running() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let lease = try #require(try await fixture.claim("host-1")).lease
        let store = fixture.store
        #expect(try await store.lostLeases(among: [lease]).isEmpty)
        #expect(
            try await store.cancel([id])
                == [Cancellation(submission: id, found: .running, state: .cancelled)])
        let record = try await store.record(of: id)
        #expect(record.state == .cancelled)
        #expect(record.judgement?.reason?.text == "cancelled while attempt 1 ran")
        #expect(record.attempt == 1)
        #expect(record.worker == "host-1")
        #expect(try await store.lostLeases(among: [lease]) == [lease])
        #expect(try await store.finish(lease, with: .accepted) == .leaseLost)
        #expect(try await store.giveBack(lease) == .leaseLost)
        #expect(try await store.fail(lease, cause: "x") == .leaseLost)
        #expect(try await store.renew(lease, for: .seconds(30)) == nil)
        fixture.clock.advance(by: .seconds(60))
        #expect(try await fixture.claim() == nil)
        #expect(try await store.record(of: id) == record)
    }

    @Test("Cancelling again changes nothing, and what is judged stays as it is")
    func again() async throws {
        let fixture = try await Fixture()
        let judged = try await fixture.submit()
        let lease = try #require(try await fixture.claim()).lease
        _ = try await fixture.store.finish(lease, with: .slow)
        let cancelled = try await fixture.submit()
        _ = try await fixture.store.cancel([cancelled])
        let before = try await fixture.store.list(SubmissionFilter())
        fixture.clock.advance(by: .seconds(1))
        let answers = try await fixture.store.cancel([judged, cancelled])
        #expect(answers.map(\.found) == [.done, .cancelled])
        #expect(answers.map(\.isNew) == [false, false])
        #expect(try await fixture.store.list(SubmissionFilter()) == before)
    }

    @Test("Where one submission does not exist, none is cancelled")
    func unknown() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        await #expect(throws: StoreError.noSuchSubmission(id: 99)) {
            try await fixture.store.cancel([id, 99])
        }
        #expect(try await fixture.store.record(of: id).state == .queued)
    }

    @Test("A submission whose first attempt failed keeps the attempt in its verdict")
    func afterFailure() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let lease = try #require(try await fixture.claim()).lease
        _ = try await fixture.store.fail(lease, cause: "no cgroup")
        _ = try await fixture.store.cancel([id])
        #expect(try await fixture.store.record(of: id).attempt == 1)
        #expect(try await fixture.store.list(SubmissionFilter(verdict: .cancelled)).count == 1)
        #expect(try await fixture.store.list(SubmissionFilter(state: .cancelled)).count == 1)
    }

    @Test("The views show a cancelled submission with CS, its reason and nothing in the queue")
    func views() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit(user: "ada")
        _ = try await fixture.store.cancel([id])
        let path = fixture.directory.file("judge.db")
        let columns = "submission_id, state, verdict, reason_code, reason, worker, attempt"
        for view in ["results", "judgements"] {
            #expect(
                try SQLiteProgram.run(path, "SELECT \(columns) FROM \(view)")
                    == ["1|cancelled|CS|cancelled|cancelled while it waited||"])
        }
        #expect(try SQLiteProgram.run(path, "SELECT * FROM queue").isEmpty)
    }

    @Test(
        "A worker learns that a submission is cancelled also while a write of its own is stuck",
        .timeLimit(.minutes(1)))
    func besideWrite() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let lease = try #require(try await fixture.claim()).lease
        _ = try await fixture.store.cancel([id])
        let (stuck, tell) = AsyncStream.makeStream(of: Void.self)
        let gate = DispatchSemaphore(value: 0)
        let isFirst = Mutex(true)
        // Asked within each transaction; the first is the write.
        let clock = DatabaseClock.manual {
            let waits = isFirst.withLock { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            if waits {
                tell.yield()
                gate.wait()
            }
            return Instant(millisecondsSince1970: 1_795_600_000_000)
        }
        let store = try await SQLiteStore.open(
            path: fixture.directory.file("judge.db"), access: .write, clock: clock)
        let writing = Task { try await store.renew(lease, for: .seconds(30)) }
        for await _ in stuck { break }
        #expect(try await store.lostLeases(among: [lease]) == [lease])
        gate.signal()
        #expect(try await writing.value == nil)
        try await store.close()
    }
}
