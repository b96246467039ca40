import GRDB
import JudgeCore
import Store
import Testing
import Units

@Suite("Pruning where space is scarce and others prune too")
struct PruningTests {
    /// `slow` with an output that does not compress.
    private static func judgement(kibibytes: Int) -> Judgement {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<kibibytes << 7).flatMap { _ in
            withUnsafeBytes(of: generator.next()) { Array($0) }
        }
        var judgement = Judgement.slow
        judgement.tests[0].outputs = [KeptOutput(.stdout, bytes, atMost: .mebibytes(8))]
        return judgement
    }

    private func judge(_ count: Int, _ judgement: Judgement, _ store: SQLiteStore) async throws {
        for _ in 1...count {
            _ = try await store.submit(.sample())
            let claim = try #require(
                try await store.claim(worker: "w", leaseDuration: .seconds(30)))
            #expect(try await store.finish(claim.lease, with: judgement) == .written)
        }
    }

    private func rows(_ path: String, _ query: String) throws -> [String] {
        try DatabaseQueue(path: path).read {
            try Optional<String>.fetchAll($0, sql: query).compactMap(\.self)
        }
    }

    @Test(
        "On a disk with 3 MiB left 40 MiB are pruned",
        .enabled(if: SmallFileSystem.canMount, "needs root to mount a small file system"))
    func nearlyFull() async throws {
        try await SmallFileSystem.with(kibibytes: 96 << 10) { directory in
            let clock = StandingClock()
            let path = "\(directory)/judge.db"
            let store = try await SQLiteStore.open(
                path: path, access: .create, clock: clock.database)
            _ = try await store.addProblem(.sample())
            try await judge(80, Self.judgement(kibibytes: 512), store)
            try await store.close()
            clock.advance(by: .seconds(10))
            try SmallFileSystem.fill(directory, leaving: 3 << 10)

            let pruner = try await SQLiteStore.open(
                path: path, access: .write, clock: clock.database)
            let pruned = try await pruner.prune(olderThan: .seconds(5))
            #expect(pruned.judgements == 80)
            #expect(pruned.stored.bytes > 40 << 20)
            try await pruner.close()
            #expect(try rows(path, "SELECT 1 FROM kept_output").isEmpty)
            // 15 of 512 KiB and what belongs to them are less than 8 MiB, 16 are more.
            let steps = try rows(
                path, "SELECT detail FROM audit WHERE act = 'prune' ORDER BY audit_id")
            #expect(steps.count == 6)
            #expect(steps.first?.contains(" of 15 judgements, 1 to 15") == true)
        }
    }

    @Test("A judgement of more than a step is pruned in one of its own")
    func large() async throws {
        let fixture = try await Fixture()
        let path = fixture.directory.file("judge.db")
        let store = try await SQLiteStore.open(
            path: path, access: .write, clock: fixture.clock.database)
        try await judge(1, .slow, store)
        let large = Self.judgement(kibibytes: 8 << 10)
        try await judge(2, large, store)
        fixture.clock.advance(by: .seconds(10))
        #expect(try await store.prune(olderThan: .seconds(5)).judgements == 3)
        let steps = try rows(path, "SELECT detail FROM audit WHERE act = 'prune' ORDER BY audit_id")
        #expect(steps.map { $0.suffix(6) } == ["1 to 1", "2 to 2", "3 to 3"])
    }

    @Test("What compilers said is pruned also where a former version stored it, in the row")
    func former() async throws {
        let fixture = try await Fixture()
        let path = fixture.directory.file("judge.db")
        let store = try await SQLiteStore.open(
            path: path, access: .write, clock: fixture.clock.database)
        try await judge(2, .slow, store)
        try await DatabaseQueue(path: path).write {
            try $0.execute(
                sql: """
                    DELETE FROM kept_output; DELETE FROM test_message;
                    UPDATE judgement SET compile_output = 'ünused' WHERE id = 1;
                    UPDATE judgement SET compile_output = '' WHERE id = 2;
                    """)
        }
        #expect(try await store.record(of: 1).judgement?.compile?.output == "ünused")
        fixture.clock.advance(by: .seconds(10))
        let expected = PrunedOutputs(outputs: 1, judgements: 1, stored: ByteCount(7))
        #expect(try await store.prunable(olderThan: .seconds(5)) == expected)
        #expect(try await store.prune(olderThan: .seconds(5)) == expected)
        let record = try await store.record(of: 1)
        #expect(record.judgement?.compile?.output == "")
        #expect(record.judgement?.isPruned == true)
        #expect(try await store.record(of: 2).judgement?.isPruned == false)
        #expect(try rows(path, "SELECT compile_output FROM judgement WHERE id = 1") == [])
        #expect(try await store.prune(olderThan: .seconds(5)) == PrunedOutputs())
    }

    @Test("What an earlier prune left in such a row is shown by nobody, and goes with the next")
    func leftInRow() async throws {
        let fixture = try await Fixture()
        let path = fixture.directory.file("judge.db")
        let store = try await SQLiteStore.open(
            path: path, access: .write, clock: fixture.clock.database)
        try await judge(1, .slow, store)
        fixture.clock.advance(by: .seconds(10))
        _ = try await store.prune(olderThan: .seconds(5))
        try await DatabaseQueue(path: path).write {
            try $0.execute(sql: "UPDATE judgement SET compile_output = 'left'")
        }
        #expect(try await store.record(of: 1).judgement?.compile?.output == "")
        #expect(try await store.prune(olderThan: .seconds(5)).outputs == 1)
    }

    @Test("Of two that prune at one time each counts and writes down what it took itself")
    func together() async throws {
        let fixture = try await Fixture()
        let path = fixture.directory.file("judge.db")
        func open() async throws -> SQLiteStore {
            try await SQLiteStore.open(path: path, access: .write, clock: fixture.clock.database)
        }
        let stores = [try await open(), try await open()]
        try await judge(60, Self.judgement(kibibytes: 300), stores[0])
        fixture.clock.advance(by: .seconds(10))
        let expected = try await stores[0].prunable(olderThan: .seconds(5))
        async let first = stores[0].prune(olderThan: .seconds(5))
        async let second = stores[1].prune(olderThan: .seconds(5))
        let both = try await [first, second]
        #expect(both.map(\.judgements).reduce(0, +) == 60)
        #expect(both.map(\.outputs).reduce(0, +) == expected.outputs)
        #expect(both.map(\.messages).reduce(0, +) == expected.messages)
        let said = try rows(path, "SELECT detail FROM audit WHERE act = 'prune'")
        let counts = said.compactMap { detail in
            detail.split(separator: " ").dropLast(4).last.flatMap { Int($0) }
        }
        #expect(counts.reduce(0, +) == 60)
    }
}
