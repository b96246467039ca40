import Foundation
import Glibc
import JudgeCore
import Store
import Testing

@Suite("Waking by event", .timeLimit(.minutes(1)))
struct WakingTests {
    @Test("A subscriber is told at once, then of each change that another store makes")
    func changes() async throws {
        let fixture = try await Fixture()
        let other = try await fixture.another()
        var changes = try fixture.store.changes().makeAsyncIterator()
        #expect(await changes.next() != nil)
        for number in 1...20 {
            _ = try await other.submit(.sample())
            // Wakes only by the change; an older wake-up may come first.
            while try await fixture.store.queueLength().queued < number {
                #expect(await changes.next() != nil)
            }
        }
    }

    @Test("Who waits for a result is told when it is there, without asking again and again")
    func result() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let waiting = try await fixture.another()
        async let settled: SubmissionRecord? = {
            for await _ in try waiting.changes() {
                let record = try await waiting.record(of: id)
                if record.isSettled { return record }
            }
            return nil
        }()
        let claim = try #require(try await fixture.claim())
        _ = try await fixture.store.progress(claim.lease, JudgingProgress(done: 1, total: 2))
        _ = try await fixture.store.finish(claim.lease, with: .accepted)
        #expect(try await settled?.judgement?.verdict == .accepted)
    }

    @Test("The closing of the file by a process that wrote to it wakes, as when it was killed")
    func closing() async throws {
        let fixture = try await Fixture()
        var changes = try fixture.store.changes().makeAsyncIterator()
        #expect(await changes.next() != nil)
        let fd = open(fixture.directory.file("judge.db-wal"), O_RDWR)
        try #require(fd >= 0)
        Glibc.close(fd)
        #expect(await changes.next() != nil)
    }

    @Test("A change of another file in the directory wakes nobody")
    func otherFile() async throws {
        let fixture = try await Fixture()
        let stream = try fixture.store.changes()
        var changes = stream.makeAsyncIterator()
        #expect(await changes.next() != nil)
        for number in 0..<100 {
            let path = fixture.directory.file("other-\(number)")
            #expect(FileManager.default.createFile(atPath: path, contents: Data([1])))
        }
        let later = Task { try await fixture.submit() }
        #expect(await changes.next() != nil)
        // Events keep their order: had another file woken, the submission would not be there yet.
        #expect(try await fixture.store.queueLength().queued == 1)
        _ = try await later.value
    }

    @Test("An iteration that is cancelled ends")
    func cancel() async throws {
        let fixture = try await Fixture()
        let stream = try fixture.store.changes()
        let task = Task {
            for await _ in stream {}
            return true
        }
        task.cancel()
        #expect(await task.value)
    }
}
