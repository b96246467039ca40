import JudgeCore
import Store
import Testing
import Units

@Suite("Tests that are known while the job runs")
struct RunningTestTests {
    private static func test(_ name: String, _ verdict: Verdict = .accepted) -> TestResult {
        TestResult(
            name: name, group: "secret", verdict: verdict,
            reason: verdict == .accepted ? nil : Reason(.wrongOutput, "token 1 differs"),
            cpuTime: .microseconds(5), wallTime: .microseconds(7), memoryPeak: .kibibytes(1))
    }

    private func running() async throws -> (Fixture, Claim) {
        let fixture = try await Fixture()
        try await fixture.submit()
        return (fixture, try #require(try await fixture.claim()))
    }

    private func tell(_ fixture: Fixture, _ lease: Lease, _ tests: [TestResult]) async throws
        -> LeaseAnswer
    {
        try await fixture.store.progress(
            lease, JudgingProgress(done: tests.count, total: 9), tests: tests)
    }

    @Test("They are read in the order in which they came, and are no results", arguments: [1, 3])
    func order(batch: Int) async throws {
        let (fixture, claim) = try await running()
        let tests = [
            Self.test("secret/2"), Self.test("secret/1", .wrongAnswer), Self.test("secret/3"),
        ]
        for start in stride(from: 0, to: 3, by: batch) {
            let some = Array(tests[start..<min(3, start + batch)])
            #expect(try await tell(fixture, claim.lease, some) == .written)
        }
        #expect(try await fixture.store.runningTests(of: [1, 2]) == [1: tests])
        let record = try await fixture.store.record(of: 1)
        #expect(record.judgement == nil)
        #expect(record.progress?.total == 9)
    }

    @Test("However the attempt ends, they go with it")
    func ends() async throws {
        let ends: [@Sendable (Fixture, Lease) async throws -> Void] = [
            { _ = try await $0.store.finish($1, with: .accepted) },
            { _ = try await $0.store.fail($1, cause: "the machine broke") },
            { _ = try await $0.store.giveBack($1) },
            { fixture, _ in
                fixture.clock.advance(by: .seconds(31))
                _ = try await fixture.claim("another")
            },
        ]
        for end in ends {
            let (fixture, claim) = try await running()
            #expect(try await tell(fixture, claim.lease, [Self.test("secret/1")]) == .written)
            #expect(try await fixture.store.runningTests(of: [1]).count == 1)
            try await end(fixture, claim.lease)
            #expect(try await fixture.store.runningTests(of: [1]).isEmpty)
        }
    }

    @Test("A worker that lost its lease adds none to those of the worker that has it")
    func fenced() async throws {
        let (fixture, claim) = try await running()
        fixture.clock.advance(by: .seconds(31))
        let second = try #require(try await fixture.claim("another"))
        #expect(try await tell(fixture, second.lease, [Self.test("secret/1")]) == .written)
        #expect(try await tell(fixture, claim.lease, [Self.test("secret/9")]) == .leaseLost)
        #expect(
            try await fixture.store.runningTests(of: [1]) == [1: [Self.test("secret/1")]])
    }

    @Test("A claim says how long its job has waited, and classes of the queue how long theirs have")
    func waited() async throws {
        let fixture = try await Fixture()
        let store = try await SQLiteStore.open(
            path: fixture.directory.file("judge.db"), access: .write,
            clock: fixture.clock.database)
        try await fixture.submit(priority: .high)
        fixture.clock.advance(by: .milliseconds(1_500))
        try await fixture.submit(priority: .low)
        fixture.clock.advance(by: .milliseconds(500))
        #expect(
            try await store.waitingClasses() == [
                WaitingClass(name: "rejudging", length: 0, oldestAge: nil),
                WaitingClass(name: "low", length: 1, oldestAge: .milliseconds(500)),
                WaitingClass(name: "normal", length: 0, oldestAge: nil),
                WaitingClass(name: "high", length: 1, oldestAge: .seconds(2)),
            ])
        #expect(try await fixture.claim()?.waited == .seconds(2))
    }
}
