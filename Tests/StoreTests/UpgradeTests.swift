import GRDB
import JudgeCore
import Store
import Testing

@Suite(
    "A store that is open while somebody brings the file up to date", .timeLimit(.minutes(1)))
struct UpgradeTests {
    /// As a newer judge leaves the file.
    private func upgrade(_ fixture: Fixture, by steps: Int) throws {
        try DatabaseQueue(path: fixture.directory.file("judge.db")).write {
            try $0.execute(sql: "PRAGMA user_version = \(newestSchema + steps)")
        }
    }

    /// All that is in the tables which are written to below.
    private func rows(_ fixture: Fixture) throws -> [String] {
        try DatabaseQueue(path: fixture.directory.file("judge.db")).read { db in
            try ["job", "attempt", "judgement", "submission", "host_check", "audit_entry"].flatMap {
                try Row.fetchAll(db, sql: "SELECT * FROM \($0)").map(\.description)
            }
        }
    }

    @Test("It writes and reads nothing any more, and says why", arguments: [1, 7])
    func newer(steps: Int) async throws {
        let fixture = try await Fixture()
        let id = try await fixture.submit()
        try await fixture.submit()
        let lease = try #require(try await fixture.claim()).lease
        try upgrade(fixture, by: steps)
        let before = try rows(fixture)
        let store = fixture.store
        let calls: [(StaticString, () async throws -> Void)] = [
            ("submit", { _ = try await fixture.submit() }),
            ("claim", { _ = try await fixture.claim() }),
            ("renew", { _ = try await store.renew(lease, for: .seconds(30)) }),
            ("finish", { _ = try await store.finish(lease, with: .slow) }),
            ("fail", { _ = try await store.fail(lease, cause: "x") }),
            ("give back", { _ = try await store.giveBack(lease) }),
            ("progress", { _ = try await store.progress(lease, .init(done: 1, total: 2)) }),
            ("cancel", { _ = try await store.cancel([id]) }),
            ("result", { _ = try await store.record(of: id) }),
            ("lost leases", { _ = try await store.lostLeases(among: [lease]) }),
            (
                "check",
                { _ = try await store.addHostCheck(.init(worker: "w", holds: true, document: "")) }
            ),
        ]
        for (name, call) in calls {
            let error = await #expect(throws: StoreError.self, "\(name)") { try await call() }
            guard case .newerVersion(_, newestSchema + steps, newestSchema) = error else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
        }
        #expect(try rows(fixture) == before)
    }

    @Test("One that finds an older file in the place of its own leaves it alone")
    func older() async throws {
        let fixture = try await Fixture()
        try upgrade(fixture, by: -1)
        let error = await #expect(throws: StoreError.self) { try await fixture.submit() }
        guard case .olderVersion(_, newestSchema - 1, newestSchema) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("It goes on when the file is its own again")
    func back() async throws {
        let fixture = try await Fixture()
        try upgrade(fixture, by: 1)
        await #expect(throws: StoreError.self) { try await fixture.submit() }
        try upgrade(fixture, by: 0)
        #expect(try await fixture.submit() == 1)
    }

    @Test("Who watches for changes is told of it")
    func told() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("judge.db")
        try await DatabaseQueue(path: path).write { try $0.execute(sql: databaseOfVersion1) }
        let reader = try await SQLiteStore.open(path: path, access: .copy)
        var changes = try reader.changes().makeAsyncIterator()
        await changes.next()
        // It stays open: only a bell can tell.
        let upgraded = try await SQLiteStore.open(path: path, access: .write)
        await changes.next()
        try await upgraded.close()
    }

    /// Migrations share pieces of SQL with the rest of the store: who changes one of these changes what
    /// old migrations make, and must write a new one instead.
    @Test("Migrations make the tables and views that they made when they were written")
    func frozen() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("judge.db")
        try await SQLiteStore.open(path: path, access: .create).close()
        let made = try await DatabaseQueue(path: path).read {
            try String.fetchAll(
                $0, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
        }
        // FNV-1a.
        let digest = made.joined(separator: "\n").utf8.reduce(0xcbf2_9ce4_8422_2325) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        #expect(newestSchema == 16)
        #expect(String(digest, radix: 16) == "5d8e0ac9fc98f14a", "a new migration has a new digest")
    }
}
