import GRDB
import JudgeCore
import Store
import Testing
import Units

@Suite("Who did what")
struct AuditTests {
    private static let ada = Actor(uid: 1_234, name: "ada", command: "judge do it")

    private struct Audited {
        let fixture: Fixture
        let store: SQLiteStore

        init(_ actor: Actor = AuditTests.ada) async throws {
            fixture = try await Fixture()
            store = try await SQLiteStore.open(
                path: fixture.directory.file("judge.db"), access: .write,
                clock: fixture.clock.database, actor: actor)
        }

        /// Rows of the view that `actor` wrote.
        func rows(uid: UInt32 = 1_234) async throws -> [String] {
            try await DatabaseQueue(path: store.path).read { db in
                try Row.fetchAll(
                    db, sql: "SELECT * FROM audit WHERE uid = ? ORDER BY audit_id",
                    arguments: [Int64(uid)]
                ).map { row in
                    let texts = ["at", "os_user", "command", "act", "subject", "detail"].map {
                        row[$0] as String? ?? "-"
                    }
                    return texts.joined(separator: "|")
                }
            }
        }
    }

    @Test("Each act is remembered with its user, command, subject and time")
    func acts() async throws {
        let audited = try await Audited()
        let store = audited.store
        _ = try await store.submit(.sample())
        let claim = try #require(try await audited.fixture.claim())
        _ = try await store.finish(claim.lease, with: .slow)
        audited.fixture.clock.advance(by: .milliseconds(1_500))
        _ = try await store.addProblem(.sample("hello", digest: "d7"))
        _ = try await store.removeProblem("hello")
        _ = try await store.prune(olderThan: .seconds(1))
        let (first, later) = ("2026-11-25T09:46:40.000Z", "2026-11-25T09:46:41.500Z")
        let who = "|ada|judge do it|"
        #expect(
            try await audited.rows() == [
                "\(first)\(who)submit|submission 1|problem aplusb, language cpp17",
                "\(later)\(who)add-problem|problem hello|version 2, digest d7",
                "\(later)\(who)remove-problem|problem hello|version 2",
                "\(later)\(who)prune|outputs|2 and 1 messages of 1 judgements, 1 to 1",
            ])
    }

    @Test(
        "A command and the cause of a failed attempt are stored whole up to their size, and cut beyond",
        arguments: [0, 1, 5_000])
    func sizes(beyond: Int) async throws {
        let size = Int(StoredSize.reason.bytes)
        let text = String(repeating: "x", count: size + beyond)
        let mark = "\n[cut at \(StoredSize.reason)]"
        let expected = beyond == 0 ? text : text.prefix(size - mark.utf8.count) + mark
        let audited = try await Audited(Actor(uid: 1_234, name: "ada", command: text))
        _ = try await audited.store.submit(.sample())
        let claim = try #require(try await audited.fixture.claim())
        #expect(try await audited.store.fail(claim.lease, cause: text) == .written)
        let stored = try await DatabaseQueue(path: audited.store.path).read { db in
            try String.fetchAll(
                db,
                sql:
                    "SELECT command FROM audit WHERE uid = 1234 UNION ALL SELECT cause FROM attempt"
            )
        }
        #expect(stored == [expected, expected])
    }

    @Test("Cancelling, judging again, applying and undoing are remembered, each once")
    func judgedAgain() async throws {
        let audited = try await Audited()
        let store = audited.store
        for _ in 0..<2 { _ = try await store.submit(.sample()) }
        let claim = try #require(try await audited.fixture.claim())
        _ = try await store.finish(claim.lease, with: .slow)
        for _ in 0..<2 { _ = try await store.cancel([2]) }
        let new = NewRejudging(
            selection: RejudgingSelection(ids: [1]), name: "again", isHeld: true)
        for _ in 0..<2 { _ = try await store.rejudge(new) }
        let second = try #require(try await audited.fixture.claim())
        _ = try await store.finish(second.lease, with: .slow)
        for _ in 0..<2 { _ = try await store.applyRejudging("again") }
        for _ in 0..<2 { _ = try await store.undoRejudging("again") }
        let entries = try await audited.rows().map { row in
            row.split(separator: "|").suffix(from: 3).joined(separator: "|")
        }
        #expect(
            entries.suffix(4).map { String($0.prefix { $0 != ":" }) } == [
                "cancel|submission 2|queued", "rejudge|rejudging again|held, 1 submissions",
                "rejudge|rejudging again|applied", "rejudge|rejudging again|undone",
            ])
    }

    @Test("What fails and what changes nothing leaves no entry")
    func nothing() async throws {
        let audited = try await Audited()
        let store = audited.store
        await #expect(throws: StoreError.self) { try await store.submit(.sample(problem: "no")) }
        await #expect(throws: StoreError.self) { try await store.removeProblem("no") }
        _ = try await store.prune(olderThan: .seconds(1))
        _ = try await store.prunable(olderThan: .seconds(1))
        #expect(try await audited.rows().isEmpty)
    }

    @Test("Making and bringing up to date a database is remembered once")
    func migration() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("judge.db")
        try await DatabaseQueue(path: path).write { try $0.execute(sql: databaseOfVersion1) }
        for _ in 0..<2 {
            try await SQLiteStore.open(path: path, access: .write, actor: Self.ada).close()
        }
        let found = try await DatabaseQueue(path: path).read { db in
            try Row.fetchAll(db, sql: "SELECT os_user, act, subject, detail FROM audit").map {
                $0.databaseValues.map { String.fromDatabaseValue($0) ?? "-" }
            }
        }
        #expect(found == [["ada", "migrate", "schema", "from 1 to \(newestSchema)"]])
    }

    @Test(
        "No statement changes an entry, takes one away or takes its place",
        arguments: [
            "UPDATE audit_entry SET os_user = 'eve'",
            "UPDATE audit_entry SET id = id + 100",
            "DELETE FROM audit_entry",
            "REPLACE INTO audit_entry SELECT id, at_ms, 0, 'eve', command, act, subject, detail "
                + "FROM audit_entry",
            "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE true "
                + "ON CONFLICT (id) DO UPDATE SET os_user = 'eve'",
        ])
    func appendOnly(statement: String) async throws {
        let audited = try await Audited()
        _ = try await audited.store.submit(.sample())
        let before = try await audited.rows()
        let queue = try DatabaseQueue(path: audited.store.path)
        let error = await #expect(throws: DatabaseError.self) {
            try await queue.write { try $0.execute(sql: statement) }
        }
        #expect(error?.message == "the audit trail is only added to")
        #expect(before.count == 1)
        #expect(try await audited.rows() == before)
    }

    @Test("A user without a name and a very long command are remembered as far as they go")
    func oddActor() async throws {
        let long = String(repeating: "x", count: 5_000)
        let audited = try await Audited(Actor(uid: .max, name: nil, command: long))
        _ = try await audited.store.submit(.sample())
        let row = try #require(try await audited.rows(uid: .max).first)
        #expect(row.contains("|-|xxx"))
        #expect(row.contains("[cut at 1.0 KiB]"))
        #expect(row.utf8.count < 1_200)
    }
}
