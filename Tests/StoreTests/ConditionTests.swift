import GRDB
import JudgeCore
import Store
import Testing

@Suite("Under what judgements were made")
struct ConditionTests {
    private static let document = """
        {"limits":{"cpu_time_us":1},"machine":{"filter_digest":"f","helper_digest":"h",\
        "host":"vm","kernel":"6.1","mounts":[],"toolchains":{"cpp17":\
        {"digest":"t","version":"g++ 12"}}}}
        """

    private func judged(_ documents: [String?]) async throws -> (Fixture, SQLiteStore) {
        let fixture = try await Fixture()
        for document in documents {
            try await fixture.submit()
            let claim = try #require(try await fixture.claim("host-1"))
            var judgement = Judgement.slow
            judgement.conditions = document
            #expect(try await fixture.store.finish(claim.lease, with: judgement) == .written)
        }
        let store = try await SQLiteStore.open(
            path: fixture.directory.file("judge.db"), access: .read)
        return (fixture, store)
    }

    @Test("A judging comes back with its files, problem version, conditions and tests")
    func record() async throws {
        let (fixture, store) = try await judged([Self.document, nil])
        // A newer version is not what was judged by.
        _ = try await fixture.store.addProblem(.sample(digest: "d2"))
        let record = try #require(try await store.judgingRecord(of: 1))
        #expect(record.conditions == Self.document)
        #expect(record.problem.digest == "d1")
        #expect(record.judgement == .slow)
        #expect(record.worker == "host-1")
        #expect(record.submission == (try await store.submission(1)))
        #expect(try await store.judgingRecord(of: 2)?.conditions == nil)
        let waiting = try await fixture.submit()
        #expect(try await store.judgingRecord(of: waiting) == nil)
        await #expect(throws: StoreError.noSuchSubmission(id: 9)) {
            try await store.judgingRecord(of: 9)
        }
    }

    @Test("Equal conditions are stored once")
    func once() async throws {
        let (fixture, _) = try await judged([Self.document, "{\"a\":1}", Self.document, nil])
        let counts = try await DatabaseQueue(path: fixture.directory.file("judge.db")).read { db in
            try [
                Int.fetchOne(db, sql: "SELECT count(*) FROM judging_condition"),
                Int.fetchOne(db, sql: "SELECT count(DISTINCT condition_id) FROM judgement"),
                Int.fetchOne(
                    db, sql: "SELECT count(*) FROM judgement WHERE condition_id IS NULL"),
            ]
        }
        #expect(counts == [2, 2, 1])
    }

    @Test(
        "Where a judgement comes from is read with SQL, one row each, also without conditions",
        .enabled(if: SQLiteProgram.isInstalled))
    func provenance() async throws {
        let (fixture, store) = try await judged([Self.document, nil])
        let rows = try SQLiteProgram.run(
            fixture.directory.file("judge.db"),
            "SELECT submission_id, judgement_id, worker, host, kernel, helper_digest, "
                + "filter_digest, mounts, problem_version, problem_digest, toolchain, "
                + "toolchain_digest, limits FROM provenance")
        #expect(
            rows == [
                "1|1|host-1|vm|6.1|h|f|[]|1|d1|g++ 12|t|{\"cpu_time_us\":1}",
                "2|2|host-1||||||1|d1|||",
            ])
        try await store.close()
    }
}
