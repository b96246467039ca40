import Foundation
import GRDB
import JudgeCore
import Store
import Testing

@Suite("Checks of machines, stored with what was judged under them")
struct HostCheckTests {
    private static let held = NewHostCheck(worker: "w", holds: true, document: "{\"ok\": true}")

    private func rows(_ fixture: Fixture, _ sql: String) throws -> [String] {
        try Self.rows(fixture.directory.file("judge.db"), sql)
    }

    private static func rows(_ path: String, _ sql: String) throws -> [String] {
        try DatabaseQueue(path: path).read { db in
            try Row.fetchAll(db, sql: sql).map { row in
                row.databaseValues.map { $0.isNull ? "-" : String.fromDatabaseValue($0) ?? "\($0)" }
                    .joined(separator: "|")
            }
        }
    }

    @Test("A judgement is tied to the check of the worker that made it")
    func tied() async throws {
        let fixture = try await Fixture()
        let store = fixture.store
        for _ in 0..<3 { try await fixture.submit() }
        let first = try await store.addHostCheck(Self.held)
        let second = try await store.addHostCheck(Self.held)
        #expect(second > first)
        for check in [second, nil, first] {
            let claim = try await store.claim(
                worker: "w", leaseDuration: .seconds(30), hostCheck: check)
            let lease = try #require(claim).lease
            #expect(try await store.finish(lease, with: .accepted) == .written)
        }
        let found = try rows(
            fixture, "SELECT submission_id, host_check_id FROM judgements ORDER BY 1")
        #expect(found == ["1|\(second)", "2|-", "3|\(first)"])
    }

    private static func failed(_ worker: String, _ number: Int) -> NewHostCheck {
        NewHostCheck(worker: worker, holds: false, document: "{\"n\": \(number)}")
    }

    @Test("Of two workers whose checks fail by turns each keeps what it found")
    func failingByTurns() async throws {
        let fixture = try await Fixture()
        for number in 1...4 {
            for worker in ["a", "b"] {
                _ = try await fixture.store.addHostCheck(Self.failed(worker, number))
            }
        }
        let query = "SELECT worker, document FROM worker_checks ORDER BY host_check_id"
        let expected = (1...4).flatMap { ["a|{\"n\": \($0)}", "b|{\"n\": \($0)}"] }
        #expect(try rows(fixture, query) == expected)
    }

    @Test(
        "A worker whose checks fail again and again keeps the newest, and what another found stays",
        arguments: [
            // By its name, and by its host with another process each time.
            { _ in "flaps" }, { "host-\($0)" },
        ] as [@Sendable (Int) -> String])
    func failing(name: @Sendable (Int) -> String) async throws {
        let fixture = try await Fixture()
        let store = fixture.store
        _ = try await store.addHostCheck(Self.failed("other-7", 0))
        _ = try await store.addHostCheck(Self.held)
        for number in 1...250 {
            fixture.clock.advance(by: .seconds(1))
            _ = try await store.addHostCheck(Self.failed(name(number), number))
        }
        let query = """
            SELECT worker, outcome, document FROM worker_checks ORDER BY checked_at, host_check_id
            """
        let kept = (250 - (NewHostCheck.failedAtMost - 2)...250).map {
            "\(name($0))|failed|{\"n\": \($0)}"
        }
        #expect(
            try rows(fixture, query)
                == ["other-7|failed|{\"n\": 0}", "w|held|{\"ok\": true}"] + kept)
    }

    @Test("A job that another worker takes is tied to that one's check")
    func takenOver() async throws {
        let fixture = try await Fixture()
        let store = fixture.store
        try await fixture.submit()
        let first = try await store.addHostCheck(Self.held)
        let second = try await store.addHostCheck(Self.held)
        _ = try await store.claim(worker: "a", leaseDuration: .seconds(30), hostCheck: first)
        fixture.clock.advance(by: .seconds(31))
        let claim = try await store.claim(
            worker: "b", leaseDuration: .seconds(30), hostCheck: second)
        let lease = try #require(claim).lease
        _ = try await store.finish(lease, with: .accepted)
        #expect(try rows(fixture, "SELECT host_check_id FROM judgements") == ["\(second)"])
    }

    @Test("A job given back is tied to no check any more")
    func givenBack() async throws {
        let fixture = try await Fixture()
        try await fixture.submit()
        let check = try await fixture.store.addHostCheck(Self.held)
        let claim = try await fixture.store.claim(
            worker: "a", leaseDuration: .seconds(30), hostCheck: check)
        let lease = try #require(claim).lease
        #expect(try rows(fixture, "SELECT host_check_id FROM job") == ["\(check)"])
        #expect(try await fixture.store.giveBack(lease) == .written)
        #expect(try rows(fixture, "SELECT host_check_id FROM job") == ["-"])
    }

    @Test("What a worker found is read as it was found, also when it failed")
    func read() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.store.addHostCheck(Self.held)
        _ = try await fixture.store.addHostCheck(
            NewHostCheck(worker: "bad", holds: false, document: "{}"))
        let found = try rows(
            fixture,
            "SELECT host_check_id, worker, checked_at, outcome, document FROM worker_checks")
        #expect(
            found == [
                "1|w|2026-11-25T09:46:40.000Z|held|{\"ok\": true}",
                "2|bad|2026-11-25T09:46:40.000Z|failed|{}",
            ])
    }

    @Test("A check that is not there cannot be claimed with")
    func foreign() async throws {
        let fixture = try await Fixture()
        try await fixture.submit()
        await #expect(throws: StoreError.self) {
            try await fixture.store.claim(
                worker: "w", leaseDuration: .seconds(30), hostCheck: 12)
        }
        #expect(try rows(fixture, "SELECT state FROM job") == ["queued"])
    }

    @Test("A database of the first version keeps its rows, its running job and its queue")
    func migration() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("judge.db")
        try await DatabaseQueue(path: path).write { try $0.execute(sql: databaseOfVersion1) }
        let before = try Self.rows(path, "SELECT * FROM results")
        let judgement = try Self.rows(path, "SELECT * FROM judgements")
        let tests = try Self.rows(path, "SELECT * FROM test_results")
        #expect(before.count == 3)
        let older = StoreError.olderVersion(path: path, found: 1, known: newestSchema)
        await #expect(throws: older) {
            try await SQLiteStore.open(path: path, access: .read)
        }
        let store = try await SQLiteStore.open(path: path, access: .write)
        #expect(try Self.rows(path, "PRAGMA user_version") == ["\(newestSchema)"])
        #expect(try Self.rows(path, "PRAGMA integrity_check") == ["ok"])
        #expect(try Self.rows(path, "PRAGMA foreign_key_check") == [])
        #expect(try Self.rows(path, "SELECT * FROM results") == before)
        // The columns at the end are new, and empty for what the first version judged.
        #expect(try Self.rows(path, "SELECT * FROM test_results") == tests.map { "\($0)|" })
        #expect(
            try Self.rows(path, "SELECT * FROM judgements") == judgement.map { "\($0)|-|1|-|1" })

        let old = Lease(
            jobID: 2, submissionID: 2, token: "token", attempt: 1,
            expiresAt: Instant(millisecondsSince1970: 9_999_999_999_999))
        #expect(try await store.finish(old, with: .accepted) == .written)
        let check = try await store.addHostCheck(Self.held)
        let claim = try await store.claim(
            worker: "new", leaseDuration: .seconds(30), hostCheck: check)
        let lease = try #require(claim).lease
        #expect(lease.submissionID == 3)
        #expect(try await store.finish(lease, with: .accepted) == .written)
        let found = try Self.rows(
            path, "SELECT submission_id, host_check_id FROM judgements ORDER BY 1")
        #expect(found == ["1|-", "2|-", "3|\(check)"])
        try await store.close()
    }
}
