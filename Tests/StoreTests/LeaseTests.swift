import JudgeCore
import Store
import Testing

@Suite("Claims and leases")
struct LeaseTests {
    @Test("The most urgent job is claimed first, the oldest within a priority")
    func order() async throws {
        let fixture = try await Fixture()
        let low = try await fixture.submit(priority: .low)
        let first = try await fixture.submit()
        let second = try await fixture.submit()
        let high = try await fixture.submit(priority: .high)
        var claimed: [Int64] = []
        while let claim = try await fixture.claim() { claimed.append(claim.submission.id) }
        #expect(claimed == [high, first, second, low])
    }

    @Test("A claim brings the submission with its files, its problem and a fresh lease")
    func claim() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit(user: "ada")
        let claim = try #require(try await fixture.claim("host-1"))
        #expect(claim.submission == (try await fixture.store.submission(id)))
        #expect(claim.problem == (try await fixture.store.problem("aplusb")))
        #expect(claim.lease.attempt == 1)
        #expect(claim.lease.submissionID == id)
        #expect(try await fixture.store.timeToNextExpiry() == .seconds(30))
        #expect(try await fixture.claim() == nil)
        #expect(try await fixture.store.queueLength() == QueueLength(queued: 0, running: 1))
    }

    @Test("Work waits while a job is queued, and again when the lease of one has run out")
    func waiting() async throws {
        let fixture = try await Fixture()
        #expect(try await !fixture.store.isWorkWaiting())
        try await fixture.submit()
        #expect(try await fixture.store.isWorkWaiting())
        _ = try #require(try await fixture.claim())
        #expect(try await !fixture.store.isWorkWaiting())
        fixture.clock.advance(by: .seconds(30))
        #expect(try await fixture.store.isWorkWaiting())
    }

    @Test("A renewed lease lasts, and the same lease not renewed does not")
    func renew() async throws {
        let fixture = try await Fixture()
        try await fixture.submit()
        let claim = try #require(try await fixture.claim())
        fixture.clock.advance(by: .seconds(29))
        let renewed = try #require(
            try await fixture.store.renew(claim.lease, for: .seconds(30)))
        #expect(renewed.token == claim.lease.token)
        #expect(renewed.expiresAt > claim.lease.expiresAt)
        fixture.clock.advance(by: .milliseconds(29_999))
        #expect(try await fixture.claim() == nil)
        fixture.clock.advance(by: .milliseconds(1))
        #expect(try await fixture.claim() != nil)
    }

    @Test("A late write with an old token changes no row", arguments: StoreKind.allCases)
    func fencing(kind: StoreKind) async throws {
        let fixture = try await Fixture(kind)
        let id = try await fixture.submit()
        let old = try #require(try await fixture.claim("slow")).lease
        fixture.clock.advance(by: .seconds(31))
        let new = try #require(try await fixture.claim("quick")).lease
        let before = try await fixture.store.record(of: id)

        func expectNothing() async throws {
            let store = fixture.store
            let progress = JudgingProgress(done: 1, total: 2)
            #expect(try await store.finish(old, with: .slow) == .leaseLost)
            #expect(try await store.fail(old, cause: "x") == .leaseLost)
            #expect(try await store.giveBack(old) == .leaseLost)
            #expect(try await store.progress(old, progress) == .leaseLost)
            #expect(try await store.renew(old, for: .seconds(99)) == nil)
        }
        try await expectNothing()
        #expect(try await fixture.store.record(of: id) == before)
        #expect(try await fixture.store.timeToNextExpiry() == .seconds(30))

        #expect(try await fixture.store.finish(new, with: .accepted) == .written)
        let done = try await fixture.store.record(of: id)
        try await expectNothing()
        #expect(try await fixture.store.finish(new, with: .slow) == .leaseLost)
        #expect(try await fixture.store.record(of: id) == done)
        #expect(done.judgement?.verdict == .accepted)
        #expect(done.attempt == 2)
        #expect(done.worker == "quick")
    }

    @Test("A lease that ran out may still finish while nobody else has claimed the job")
    func lateButAlone() async throws {
        let fixture = try await Fixture()
        try await fixture.submit()
        let claim = try #require(try await fixture.claim())
        fixture.clock.advance(by: .seconds(3_600))
        #expect(try await fixture.store.timeToNextExpiry() == .zero)
        #expect(try await fixture.store.finish(claim.lease, with: .accepted) == .written)
        #expect(try await fixture.claim() == nil)
    }

    @Test("A job whose lease runs out three times is dead, says why, and is not claimed again")
    func deadByExpiry() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        for attempt in 1...3 {
            #expect(try await fixture.claim("killer")?.lease.attempt == attempt)
            fixture.clock.advance(by: .seconds(30))
        }
        #expect(try await fixture.claim() == nil)
        let record = try await fixture.store.record(of: id)
        #expect(record.state == .dead)
        #expect(record.judgement?.verdict == .judgeError)
        #expect(record.judgement?.reason?.code == .attemptsExhausted)
        #expect(
            record.judgement?.reason?.text
                == "no verdict in 3 attempts, the last: "
                + "worker killer did not renew its lease in time")
        #expect(try await fixture.claim() == nil)
        #expect(try await fixture.store.timeToNextExpiry() == nil)
    }

    @Test("A job that kills its workers holds up nobody else")
    func poisoned() async throws {
        let fixture = try await Fixture()
        try await fixture.submit(priority: .high)
        let other = try await fixture.submit()
        for _ in 1...3 {
            _ = try await fixture.claim()
            fixture.clock.advance(by: .seconds(30))
        }
        #expect(try await fixture.claim()?.submission.id == other)
    }

    @Test("Three failed attempts make a job dead with the last cause, two do not")
    func fail() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        for attempt in 1...2 {
            let claim = try #require(try await fixture.claim())
            #expect(claim.lease.attempt == attempt)
            #expect(try await fixture.store.fail(claim.lease, cause: "no cgroup") == .written)
            let record = try await fixture.store.record(of: id)
            #expect(record.state == .queued)
            #expect(record.judgement == nil)
        }
        let claim = try #require(try await fixture.claim())
        #expect(try await fixture.store.fail(claim.lease, cause: "no helper") == .written)
        let record = try await fixture.store.record(of: id)
        #expect(record.state == .dead)
        #expect(record.judgement?.verdict == .judgeError)
        #expect(
            record.judgement?.reason?.text
                == "no verdict in 3 attempts, the last: no helper")
    }

    @Test("A job has as many attempts as its submitter's store was told", arguments: [1, 2, 5])
    func attempts(limit: Int) async throws {
        let fixture = try await Fixture()
        let store = try await SQLiteStore.open(
            path: fixture.directory.file("judge.db"), access: .write, attempts: limit)
        let id = try await store.submit(.sample())
        for attempt in 1...limit {
            #expect(try await store.record(of: id).state == .queued)
            let claim = try #require(try await fixture.claim())
            #expect(claim.lease.attempt == attempt)
            _ = try await fixture.store.fail(claim.lease, cause: "no cgroup")
        }
        #expect(try await store.record(of: id).state == .dead)
    }

    @Test("The third attempt may still succeed")
    func lastAttempt() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        for _ in 1...2 {
            let claim = try #require(try await fixture.claim())
            _ = try await fixture.store.fail(claim.lease, cause: "no cgroup")
        }
        let claim = try #require(try await fixture.claim())
        #expect(try await fixture.store.finish(claim.lease, with: .accepted) == .written)
        #expect(try await fixture.store.record(of: id).state == .done)
    }

    @Test("Giving back does not count the attempt, however often")
    func giveBack() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        for _ in 1...5 {
            let claim = try #require(try await fixture.claim())
            #expect(claim.lease.attempt == 1)
            #expect(try await fixture.store.giveBack(claim.lease) == .written)
            #expect(try await fixture.store.record(of: id).state == .queued)
        }
    }

    @Test("Progress is seen while a job runs and gone when it is claimed again or done")
    func progress() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let half = JudgingProgress(done: 5, total: 10)
        let first = try #require(try await fixture.claim()).lease
        #expect(try await fixture.store.progress(first, half) == .written)
        #expect(try await fixture.store.record(of: id).progress == half)
        fixture.clock.advance(by: .seconds(30))
        let second = try #require(try await fixture.claim()).lease
        #expect(try await fixture.store.record(of: id).progress == nil)
        #expect(try await fixture.store.progress(second, half) == .written)
        _ = try await fixture.store.finish(second, with: .accepted)
        #expect(try await fixture.store.record(of: id).progress == nil)
    }

    @Test("A write under a lease goes through although the calling task is cancelled")
    func cancelled() async throws {
        let fixture = try await Fixture()
        try await fixture.submit()
        let claim = try #require(try await fixture.claim())
        let store = fixture.store
        let answer = try await withThrowingTaskGroup(of: LeaseAnswer.self) { group in
            group.cancelAll()
            group.addTask { try await store.giveBack(claim.lease) }
            return try await group.next()
        }
        #expect(answer == .written)
    }
}
