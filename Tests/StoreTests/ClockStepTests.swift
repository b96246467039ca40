import GRDB
import JudgeCore
import Store
import Testing

@Suite("A clock that is set by an hour while a job runs")
struct ClockStepTests {
    private static let hour = Duration.seconds(3_600)

    @Test("Set forward, a lease that is renewed before somebody claims is not lost")
    func forwardRenewed() async throws {
        let fixture = try await Fixture()
        try await fixture.submit()
        let lease = try #require(try await fixture.claim("steady")).lease
        fixture.clock.advance(by: Self.hour)
        #expect(try await fixture.store.renew(lease, for: .seconds(30)) != nil)
        #expect(try await fixture.claim("other") == nil)
        #expect(try await fixture.store.timeToNextExpiry() == .seconds(30))
        #expect(try await fixture.store.finish(lease, with: .accepted) == .written)
    }

    @Test("Set forward, a lease runs out once at most, and the next one lasts its whole time")
    func forwardExpired() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let old = try #require(try await fixture.claim("steady")).lease
        fixture.clock.advance(by: Self.hour)
        let new = try #require(try await fixture.claim("other")).lease
        #expect(new.attempt == 2)
        #expect(try await fixture.claim("third") == nil)
        fixture.clock.advance(by: .milliseconds(29_999))
        #expect(try await fixture.claim("third") == nil)
        #expect(try await fixture.store.finish(old, with: .slow) == .leaseLost)
        #expect(try await fixture.store.finish(new, with: .accepted) == .written)
        #expect(try await fixture.store.record(of: id).worker == "other")
    }

    @Test(
        "Set back, the lease of a worker that is gone runs out after its own time, not an hour later"
    )
    func backGone() async throws {
        let fixture = try await Fixture()
        try await fixture.submit()
        _ = try #require(try await fixture.claim("gone"))
        fixture.clock.advance(by: .zero - Self.hour)
        // The first look of any worker, which is within half a minute, starts the time again.
        #expect(try await fixture.claim("other") == nil)
        #expect(try await fixture.store.timeToNextExpiry() == .seconds(30))
        fixture.clock.advance(by: .milliseconds(29_999))
        #expect(try await fixture.claim("other") == nil)
        fixture.clock.advance(by: .milliseconds(1))
        #expect(try await fixture.claim("other")?.lease.attempt == 2)
    }

    @Test(
        "Set back, a lease that is renewed afterwards lasts its whole time", arguments: [3_600, 20])
    func backRenewed(seconds: Int) async throws {
        let fixture = try await Fixture()
        try await fixture.submit()
        let lease = try #require(try await fixture.claim("steady")).lease
        fixture.clock.advance(by: .seconds(-seconds))
        #expect(try await fixture.store.renew(lease, for: .seconds(30)) != nil)
        #expect(try await fixture.claim("other") == nil)
        fixture.clock.advance(by: .milliseconds(29_999))
        #expect(try await fixture.claim("other") == nil)
        #expect(try await fixture.store.finish(lease, with: .accepted) == .written)
    }

    @Test(
        "Set forward, renewed and set back again, the lease of a worker that is gone runs out in its time"
    )
    func renewedAhead() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let lease = try #require(try await fixture.claim("gone")).lease
        fixture.clock.advance(by: Self.hour)
        #expect(try await fixture.store.renew(lease, for: .seconds(30)) != nil)
        fixture.clock.advance(by: .zero - Self.hour + .seconds(5))
        // The first look of any worker starts the time again.
        #expect(try await fixture.claim("other") == nil)
        #expect(try await fixture.store.timeToNextExpiry() == .seconds(30))
        fixture.clock.advance(by: .milliseconds(29_999))
        #expect(try await fixture.claim("other") == nil)
        fixture.clock.advance(by: .milliseconds(1))
        let new = try #require(try await fixture.claim("other")).lease
        #expect(new.submissionID == id)
        #expect(new.attempt == 2)
        #expect(try await fixture.store.finish(lease, with: .slow) == .leaseLost)
    }

    @Test("A job of a former version that runs across the upgrade has its lease moved, too")
    func formerVersion() async throws {
        let fixture = try await Fixture()
        try await fixture.submit()
        _ = try #require(try await fixture.claim("gone"))
        try await fixture.store.close()
        try await DatabaseQueue(path: fixture.directory.file("judge.db")).write {
            try $0.execute(
                sql:
                    "DROP VIEW test_samples; DROP TABLE time_sample; ALTER TABLE job DROP COLUMN renewed_at_ms; PRAGMA user_version = 14"
            )
        }
        fixture.clock.advance(by: .zero - Self.hour)
        let store = try await fixture.another()
        #expect(try await store.claim(worker: "other", leaseDuration: .seconds(30)) == nil)
        #expect(try await store.timeToNextExpiry() == .seconds(30))
    }

    @Test("Set forward and back again, each job is judged once and none is stuck")
    func both() async throws {
        let fixture = try await Fixture()
        for _ in 1...3 { try await fixture.submit() }
        let first = try #require(try await fixture.claim("w1")).lease
        fixture.clock.advance(by: Self.hour)
        let second = try #require(try await fixture.claim("w2")).lease
        fixture.clock.advance(by: .zero - Self.hour)
        #expect(second.jobID != first.jobID)
        var finished = [second.jobID]
        #expect(try await fixture.store.finish(second, with: .accepted) == .written)
        while let lease = try await fixture.claim("w3")?.lease {
            #expect(lease.attempt == (lease.jobID == first.jobID ? 2 : 1))
            #expect(try await fixture.store.finish(lease, with: .accepted) == .written)
            finished.append(lease.jobID)
        }
        #expect(finished.sorted() == [1, 2, 3])
        #expect(try await fixture.store.finish(first, with: .slow) == .leaseLost)
        #expect(try await fixture.store.queueLength() == QueueLength(queued: 0, running: 0))
    }
}
