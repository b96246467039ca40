import JudgeCore
import Store
import Testing
import Worker

@Suite("Keeping and losing leases", .timeLimit(.minutes(1)))
struct LeaseKeepingTests {
    @Test("A lease is kept for as long as the judging takes")
    func kept() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let judge = FakeJudge { _ in .hangs }
        let worker = fixture.worker(judge)
        let running = Task { try await worker.run() }
        let rival = try await fixture.another()
        var renewals = 0
        for await sleep in fixture.clock.sleeps where sleep == .seconds(10) {
            // The keeper sleeps: everything before is written.
            #expect(try await rival.timeToNextExpiry() == .seconds(30))
            #expect(try await rival.claim(worker: "rival", leaseDuration: .seconds(30)) == nil)
            renewals += 1
            if renewals == 10 { break }
            fixture.time.advance(by: .seconds(10))
            fixture.clock.advance(by: .seconds(10))
        }
        #expect(try await rival.record(of: id).attempt == 1)
        running.cancel()
        try await running.value
    }

    @Test("A lost lease cancels the judging at once and writes nothing")
    func lost() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let judge = FakeJudge { _ in .hangs }
        let worker = fixture.worker(judge)
        let running = Task { try await worker.run() }
        await fixture.clock.sleeps.wait { $0 == .seconds(10) }

        let rival = try await fixture.another()
        fixture.time.advance(by: .seconds(31))
        let claim = try #require(
            try await rival.claim(worker: "rival", leaseDuration: .seconds(300)))
        let before = try await rival.record(of: id)
        fixture.clock.advance(by: .seconds(10))
        await judge.events.wait { $0 == .cancelled(submission: id) }

        running.cancel()
        try await running.value
        #expect(try await rival.record(of: id) == before)
        #expect(before.worker == "rival")
        #expect(
            try await rival.finish(claim.lease, with: Judgement(verdict: .accepted, reason: nil))
                == .written)
    }

    @Test("The job of a dead worker is judged when its lease runs out, without anybody's call")
    func reclaimed() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        _ = try await fixture.another().claim(worker: "dead", leaseDuration: .seconds(5))
        let worker = fixture.worker(FakeJudge { _ in .answers(.accepted) })
        let running = Task { try await worker.run() }
        await fixture.clock.sleeps.wait { $0 == .seconds(5) }
        fixture.time.advance(by: .seconds(5))
        fixture.clock.advance(by: .seconds(5))
        let record = try await fixture.record(of: id) { $0.isSettled }
        #expect(record?.judgement?.verdict == .accepted)
        #expect(record?.attempt == 2)
        running.cancel()
        try await running.value
    }

    @Test("Tests done of tests in all can be seen while the judging runs")
    func progress() async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        let worker = fixture.worker(FakeJudge { _ in .reports(3, 10) })
        let running = Task { try await worker.run() }
        let record = try await fixture.record(of: id) { $0.progress != nil }
        #expect(record?.progress == JudgingProgress(done: 3, total: 10))
        // The tests come with the count, in one transaction, and are no results.
        let tests = try await fixture.store.runningTests(of: [id])
        #expect(tests[id]?.map(\.name) == ["secret/0", "secret/1", "secret/2"])
        #expect(record?.judgement == nil)
        running.cancel()
        try await running.value
    }
}
