import GRDB
import JudgeCore
import Store
import Testing

@Suite("Judgings that were made again")
struct RepetitionTests {
    private func repetition(_ difference: String?, heldAs: String = "host") -> NewRepetition {
        var again = Judgement(verdict: .wrongAnswer, reason: nil)
        again.conditions = #"{"machine":{"host":"second"}}"#
        return NewRepetition(
            jobID: 1, worker: "host-1", heldAs: heldAs, slot: 1, firstSlot: 0,
            judgement: again, difference: difference)
    }

    private func judged() async throws -> (Fixture, SQLiteStore) {
        let fixture = try await Fixture()
        try await fixture.submit()
        let claim = try #require(try await fixture.claim("host-1"))
        var judgement = Judgement.accepted
        judgement.conditions = #"{"machine":{"host":"first"}}"#
        _ = try await fixture.store.finish(claim.lease, with: judgement)
        let store = try await SQLiteStore.open(
            path: fixture.directory.file("judge.db"), access: .write,
            clock: fixture.clock.database)
        return (fixture, store)
    }

    private func rows(_ store: SQLiteStore, _ sql: String) async throws -> [String] {
        try await DatabaseQueue(path: store.path).read { db in
            try Row.fetchAll(db, sql: sql).map { row in
                row.databaseValues.map { $0.isNull ? "-" : String.fromDatabaseValue($0) ?? "\($0)" }
                    .joined(separator: "|")
            }
        }
    }

    @Test(
        "A repetition stands beside the judgement, which stays, and one that is the same holds nobody"
    )
    func same() async throws {
        let (fixture, store) = try await judged()
        try await store.addRepetition(repetition(nil))
        #expect(try await store.heldWorkers().isEmpty)
        #expect(
            try await rows(store, "SELECT * FROM repetitions") == [
                "1|1|AC|host-1|WA|host-1|1|2026-11-25T09:46:40.000Z|-|"
                    + #"{"machine":{"host":"second"}}|0|{"machine":{"host":"first"}}|first|second"#
            ])
        #expect(try await rows(store, "SELECT verdict FROM judgements") == ["AC"])
        #expect(try await fixture.store.record(of: 1).judgement?.verdict == .accepted)
    }

    @Test(
        "A difference holds the worker once, until it is released, and that is in the audit trail")
    func held() async throws {
        let (fixture, store) = try await judged()
        for difference in ["first", "second"] {
            try await store.addRepetition(repetition(difference))
        }
        #expect(try await store.isHeld("host"))
        #expect(try await !store.isHeld("host-1"))
        let held = "SELECT worker, submission_id, difference, released_at FROM held_workers"
        #expect(try await rows(store, held) == ["host|1|first|-"])
        fixture.clock.advance(by: .seconds(1))
        #expect(try await store.release("host"))
        #expect(try await !store.release("host"))
        #expect(try await !store.isHeld("host"))
        #expect(try await rows(store, held) == ["host|1|first|2026-11-25T09:46:41.000Z"])
        #expect(
            try await rows(store, "SELECT act, subject FROM audit ORDER BY audit_id DESC LIMIT 1")
                == ["release-worker|worker host"])
        try await store.addRepetition(repetition("third"))
        #expect(try await store.heldWorkers() == ["host"])
    }
}
