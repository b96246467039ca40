import GRDB
import JudgeCore
import Store
import Testing
import Units

@Suite("Outputs that are kept beside the verdicts")
struct KeptOutputTests {
    private static let text = KeptOutput(
        .stdout, Array(repeating: UInt8(ascii: "x"), count: 5_000), atMost: .kibibytes(16))
    private static let binary = KeptOutput(.stderr, [0, 255, 10, 0xC3], atMost: .kibibytes(16))
    private static let cut = KeptOutput(
        .stdout, (0..<9_000).map { UInt8(truncatingIfNeeded: $0 % 251) }, atMost: ByteCount(1_001))

    /// `slow` with outputs of both its tests.
    private static var judged: Judgement {
        var judgement = Judgement.slow
        judgement.tests[0].outputs = [text, binary]
        judgement.tests[1].outputs = [cut]
        return judgement
    }

    private struct Judged {
        var fixture: Fixture
        var store: SQLiteStore
        var path: String

        init() async throws {
            fixture = try await Fixture()
            path = fixture.directory.file("judge.db")
            store = try await SQLiteStore.open(
                path: path, access: .write, clock: fixture.clock.database)
        }

        /// Submits and judges once more.
        func judge(_ judgement: Judgement = KeptOutputTests.judged) async throws -> Int64 {
            let id = try await fixture.submit()
            let claim = try #require(try await fixture.claim())
            #expect(try await store.finish(claim.lease, with: judgement) == .written)
            return id
        }

        func count(_ sql: String) async throws -> Int? {
            try await DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: sql) }
        }

        func execute(_ sql: String) async throws {
            try await DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
        }
    }

    @Test("Outputs come back byte for byte, and of long ones head, tail and size")
    func bytes() async throws {
        let judged = try await Judged()
        let id = try await judged.judge()
        let store = judged.store
        #expect(
            try await store.keptOutput(of: id, test: "sample/1", stream: .stdout) == Self.text)
        #expect(
            try await store.keptOutput(of: id, test: "sample/1", stream: .stderr) == Self.binary)
        let cut = try await store.keptOutput(of: id, test: "secret/02", stream: .stdout)
        #expect(cut == Self.cut)
        #expect(cut?.head.count == 501)
        #expect(cut?.leftOut == 7_999)
        #expect(try await store.keptOutput(of: id, test: "secret/02", stream: .file) == nil)
        #expect(try await store.keptOutput(of: id, test: "nothing", stream: .stdout) == nil)
        await #expect(throws: StoreError.noSuchSubmission(id: 9)) {
            try await store.keptOutput(of: 9, test: "sample/1", stream: .stdout)
        }
    }

    @Test("What is kept is listed in the order of the tests, compressed where that helps")
    func list() async throws {
        let judged = try await Judged()
        let id = try await judged.judge()
        let kept = try await judged.store.keptOutputs(of: id)
        #expect(kept.map(\.test) == ["sample/1", "sample/1", "secret/02"])
        #expect(kept.map(\.stream) == [.stdout, .stderr, .stdout])
        #expect(kept.map(\.size.bytes) == [5_000, 4, 9_000])
        #expect(kept.map(\.kept.bytes) == [5_000, 4, 1_001])
        #expect(kept[0].stored.bytes < 100)
        await #expect(throws: StoreError.noSuchSubmission(id: 9)) {
            try await judged.store.keptOutputs(of: 9)
        }
        let waiting = try await judged.fixture.submit()
        #expect(try await judged.store.keptOutputs(of: waiting).isEmpty)
    }

    @Test("Rows of judgements and tests hold no output and no compiler message")
    func apart() async throws {
        let judged = try await Judged()
        let id = try await judged.judge()
        #expect(
            try await judged.count(
                "SELECT count(*) FROM judgement WHERE compile_output IS NOT NULL") == 0)
        let record = try await judged.store.record(of: id)
        #expect(record.judgement?.compile?.output == Judgement.slow.compile?.output)
        #expect(record.judgement == .slow)
    }

    @Test("Compiler messages that a former version stored in the row are still read")
    func former() async throws {
        let judged = try await Judged()
        let id = try await judged.judge()
        try await judged.execute("DELETE FROM kept_output")
        try await judged.execute("UPDATE judgement SET compile_output = 'old words'")
        let record = try await judged.store.record(of: id)
        #expect(record.judgement?.compile?.output == "old words")
    }

    @Test("Pruning takes what is older than asked, a preview nothing, and both count the same")
    func prune() async throws {
        let judged = try await Judged()
        let old = try await judged.judge()
        judged.fixture.clock.advance(by: .seconds(100))
        let recent = try await judged.judge()
        judged.fixture.clock.advance(by: .seconds(10))
        let store = judged.store

        #expect(try await store.prunable(olderThan: .seconds(200)) == PrunedOutputs())
        #expect(try await store.prune(olderThan: .seconds(200)) == PrunedOutputs())
        let stored = try await judged.count(
            "SELECT sum(stored_bytes) FROM kept_output WHERE judgement_id = 1")
        // With the transcript and what the compiler said.
        let expected = PrunedOutputs(
            outputs: 5,
            messages: Judgement.slow.tests.count {
                !$0.checkerMessage.isEmpty || !$0.teamMessage.isEmpty
            }, judgements: 1,
            stored: ByteCount(Int64(try #require(stored))))
        #expect(try await store.prunable(olderThan: .seconds(100)) == expected)
        #expect(try await store.keptOutputs(of: old).count == 3)
        #expect(try await store.prune(olderThan: .seconds(100)) == expected)
        #expect(try await store.keptOutputs(of: old).isEmpty)
        #expect(try await store.keptOutputs(of: recent).count == 3)
        #expect(try await store.prunable(olderThan: .seconds(100)) == PrunedOutputs())

        var bare = Judgement.slow
        bare.compile?.output = ""
        bare.isPruned = true
        for index in bare.tests.indices {
            bare.tests[index].checkerMessage = ""
            bare.tests[index].teamMessage = ""
            bare.tests[index].transcript = Transcript()
        }
        #expect(try await store.record(of: old).judgement == bare)
        #expect(try await store.record(of: recent).judgement == .slow)
    }

    @Test("What checkers said is no part of the rows that readers of verdicts scan")
    func plan() async throws {
        let judged = try await Judged()
        _ = try await judged.judge()
        func plan(_ columns: String) async throws -> String {
            try await DatabaseQueue(path: judged.path).read { db in
                try Row.fetchAll(
                    db, sql: "EXPLAIN QUERY PLAN SELECT \(columns) FROM test_results"
                ).map { $0["detail"] as String }.joined(separator: "; ")
            }
        }
        #expect(try await plan("name, verdict, reason").contains("test_message") == false)
        #expect(try await plan("checker_message").contains("test_message"))
        let said =
            "SELECT count(*) FROM judgement_test WHERE checker_message <> '' OR transcript <> ''"
        #expect(try await judged.count(said) == 0)
    }

    @Test("Messages are NULL in the view for every test of what was pruned, and empty in others")
    func prunedView() async throws {
        let judged = try await Judged()
        var silent = Judgement.slow
        for index in silent.tests.indices { silent.tests[index].checkerMessage = "" }
        _ = try await judged.judge(silent)
        let empty = "SELECT count(*) FROM test_results WHERE checker_message = ''"
        #expect(try await judged.count(empty) == silent.tests.count)
        judged.fixture.clock.advance(by: .seconds(10))
        _ = try await judged.store.prune(olderThan: .seconds(5))
        let unknown = "SELECT count(*) FROM test_results WHERE checker_message IS NULL"
        #expect(try await judged.count(unknown) == silent.tests.count)
    }

    @Test("A database of version 12 keeps its messages and transcripts, and they can be pruned")
    func version12() async throws {
        let judged = try await Judged()
        let id = try await judged.judge()
        try await judged.store.close()
        // As that version stored them.
        try await judged.execute(
            """
            UPDATE judgement_test SET checker_message = coalesce((
                    SELECT checker FROM test_message AS message
                    WHERE message.judgement_id = judgement_test.judgement_id
                        AND message.position = judgement_test.position), ''),
                team_message = 'hint', transcript = '7' || char(9) || 'submission' || char(9) || 'x';
            DELETE FROM kept_output WHERE stream = 'transcript';
            """ + backToVersion12)
        let store = try await SQLiteStore.open(
            path: judged.path, access: .write, clock: judged.fixture.clock.database)
        let tests = try #require(try await store.record(of: id).judgement?.tests)
        #expect(tests.map(\.checkerMessage) == Judgement.slow.tests.map(\.checkerMessage))
        #expect(tests.allSatisfy { $0.teamMessage == "hint" })
        #expect(
            tests.allSatisfy {
                $0.transcript.lines
                    == [.init(time: .microseconds(7), speaker: "submission", text: "x")]
            })
        judged.fixture.clock.advance(by: .seconds(10))
        #expect(try await store.prune(olderThan: .seconds(5)).messages == tests.count)
    }

    @Test("What is shown is of the judgement that counts, also beside one of a held set")
    func held() async throws {
        let judged = try await Judged()
        let id = try await judged.judge()
        let store = judged.store
        let conditions = try await store.judgingRecord(of: id)?.conditions
        let set = NewRejudging(
            selection: RejudgingSelection(ids: [id]), name: "again", isHeld: true)
        _ = try await store.rejudge(set)
        let claim = try #require(try await judged.fixture.claim())
        var other = Judgement.accepted
        other.conditions = "{\"of\": \"another\"}"
        #expect(try await store.finish(claim.lease, with: other) == .written)

        #expect(
            try await store.keptOutput(of: id, test: "sample/1", stream: .stdout) == Self.text)
        #expect(try await store.judgingRecord(of: id)?.judgement.verdict == .timeLimit)
        #expect(try await store.judgingRecord(of: id)?.conditions == conditions)
        _ = try await store.applyRejudging("again")
        #expect(try await store.keptOutputs(of: id).isEmpty)
        #expect(try await store.judgingRecord(of: id)?.conditions == other.conditions)
    }

    @Test("Pages that pruning frees are used again: the file does not grow")
    func reuse() async throws {
        let judged = try await Judged()
        // Random bytes do not compress.
        var generator = SystemRandomNumberGenerator()
        var judgement = Judgement.slow
        let bytes = (0..<200_000).map { _ in
            UInt8.random(in: .min ... .max, using: &generator)
        }
        judgement.tests[0].outputs = [KeptOutput(.stdout, bytes, atMost: .mebibytes(1))]
        for _ in 0..<5 { _ = try await judged.judge(judgement) }
        let pages = try #require(try await judged.count("PRAGMA page_count"))
        judged.fixture.clock.advance(by: .seconds(10))
        #expect(try await judged.store.prune(olderThan: .seconds(5)).judgements == 5)
        #expect(try #require(try await judged.count("PRAGMA freelist_count")) > 200)
        for _ in 0..<4 { _ = try await judged.judge(judgement) }
        #expect(try #require(try await judged.count("PRAGMA page_count")) <= pages)
    }

    @Test("Pruning goes on until nothing old is left, in several steps")
    func steps() async throws {
        let judged = try await Judged()
        for _ in 0..<3 { _ = try await judged.judge() }
        // Many judgements made quickly: copies of the rows of one.
        try await judged.execute(
            """
            INSERT INTO job (submission_id, problem_version, state, priority, queued_at_ms,
                attempt_limit)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 450)
            SELECT 1, 1, 'done', 0, 0, 1 FROM n;
            INSERT INTO judgement (submission_id, job_id, verdict, judged_at_ms, worker, attempt)
            SELECT 1, id, 'AC', 0, 'w', 1 FROM job WHERE id > 3;
            INSERT INTO kept_output (judgement_id, position, stream, size_bytes, head_bytes,
                tail_bytes, stored_bytes, packed)
            SELECT id, 0, 'stdout', 0, 0, 0, 1, x'00' FROM judgement WHERE id > 3;
            """)
        let pruned = try await judged.store.prune(olderThan: .seconds(1))
        #expect(pruned == PrunedOutputs(outputs: 450, judgements: 450, stored: ByteCount(450)))
        #expect(try await judged.count("SELECT count(*) FROM kept_output") == 15)
    }

    @Test(
        "An output that the disk has spoilt is told, whatever its row says of its size",
        arguments: [
            "packed = x'0011'", "packed = x''", "head_bytes = 4999", "head_bytes = 5001",
            "head_bytes = 9000000000000000000, tail_bytes = 9000000000000000000",
        ])
    func spoilt(change: String) async throws {
        let judged = try await Judged()
        let id = try await judged.judge()
        try await judged.execute(
            "UPDATE kept_output SET \(change) WHERE position = 0 AND stream = 'stdout'")
        let error = await #expect(throws: StoreError.self) {
            try await judged.store.keptOutput(of: id, test: "sample/1", stream: .stdout)
        }
        #expect(error?.fault == .broken)
    }
}
