import Foundation
import GRDB
import JudgeCore
import Store
import Testing

@Suite("Checking and backing up the file", .timeLimit(.minutes(2)))
struct CheckTests {
    /// Submission 1 is judged and waits to be judged again, 2 is dead, 3 was cancelled while it ran, 4
    /// runs, and 5 was cancelled while it waited.
    private func fixture() async throws -> Fixture {
        let fixture = try await Fixture()
        let store = fixture.store
        func claim() async throws -> Lease { try #require(try await fixture.claim()).lease }
        try await fixture.submit(user: "ada")
        _ = try await store.finish(try await claim(), with: .slow)
        try await fixture.submit(user: "ada")
        for _ in 1...3 { _ = try await store.fail(try await claim(), cause: "no cgroup") }
        for _ in 3...5 { try await fixture.submit() }
        #expect(try await claim().submissionID == 3)
        #expect(try await claim().submissionID == 4)
        _ = try await store.cancel([3, 5])
        _ = try await store.rejudge(NewRejudging(selection: .init(ids: [1]), name: "r"))
        return fixture
    }

    @Test("A database that has been through everything is sound, also while a job runs")
    func sound() async throws {
        let fixture = try await fixture()
        #expect(try await fixture.sqlite().check() == [])
        while let claim = try await fixture.claim() {
            #expect(try await fixture.sqlite().check() == [])
            _ = try await fixture.store.finish(claim.lease, with: .accepted)
        }
        _ = try await fixture.store.undoRejudging("r")
        #expect(try await fixture.sqlite().check() == [])
    }

    @Test(
        "A state that cannot be is named with the first submission that is in it",
        arguments: [
            (
                "DELETE FROM job WHERE submission_id = 4",
                "submissions without a job that counts: 4"
            ),
            (
                "UPDATE job SET rejudging_id = NULL WHERE rejudging_id IS NOT NULL",
                "submissions with several jobs that are no rejudgings: 1"
            ),
            (
                "DELETE FROM judgement WHERE verdict = 'CS'",
                "jobs that are over without a judgement, of the submissions: 3 and 1 other"
            ),
            (
                "UPDATE job SET state = 'queued' WHERE id = 1",
                "jobs that are judged and not over, of the submissions: 1"
            ),
            (
                "UPDATE judgement SET verdict = 'AC' WHERE submission_id = 5",
                "judgements that do not fit the end of their jobs, of the submissions: 5"
            ),
            (
                "UPDATE judgement SET submission_id = 2 WHERE id = 1",
                "judgements of another submission than their job, of the submissions: 2"
            ),
            (
                "UPDATE judgement SET verdict = 'OK' WHERE id = 1",
                "judgements with an unknown verdict, of the submissions: 1"
            ),
            (
                "UPDATE judgement_test SET verdict = 'OK'",
                "tests with an unknown verdict, of the submissions: 1 and 1 other"
            ),
            (
                "UPDATE rejudging SET state = 'held'",
                "jobs that count although their rejudging does not, of the submissions: 1"
            ),
            (
                "DELETE FROM problem_version",
                "6 of job refer to a problem_version that is not there, the first is 1"
            ),
        ])
    func states(change: String, fault: String) async throws {
        let fixture = try await fixture()
        let path = fixture.directory.file("judge.db")
        try SQLiteProgram.run(path, "PRAGMA foreign_keys = OFF; \(change)")
        let faults = try await fixture.sqlite().check()
        #expect(faults.contains(fault), "\(faults)")
    }

    @Test("A file of which a page is damaged is said to be, and is not backed up")
    func damaged() async throws {
        let fixture = try await fixture()
        try await fixture.store.close()
        let path = fixture.directory.file("judge.db")
        // Not the schema, which opening reads, but rows.
        let page = try SQLiteProgram.run(
            path, "SELECT rootpage FROM sqlite_schema WHERE name = 'judgement_test'")
        let number = try #require(page.first.flatMap { UInt64($0) })
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try file.seek(toOffset: (number - 1) * 4_096)
        try file.write(contentsOf: Data(repeating: 0xFF, count: 4_096))
        try file.close()
        let store = try await SQLiteStore.open(path: path, access: .read)
        let faults = try await store.check()
        #expect(!faults.isEmpty)
        #expect(faults.allSatisfy { $0.hasPrefix("the file is damaged: ") })
        let error = await #expect(throws: StoreError.self) {
            try await store.backup(to: fixture.directory.file("copy.db"))
        }
        guard case .corrupt = error else {
            Issue.record("told as \(String(describing: error))")
            return
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: fixture.directory.path)
        #expect(names.allSatisfy { !$0.contains("copy") }, "\(names)")
    }

    @Test("A backup made while workers judge holds all that was acknowledged, and is worked on")
    func backup() async throws {
        let fixture = try await Fixture()
        let copy = fixture.directory.file("copy.db")
        for _ in 1...200 { try await fixture.submit() }
        let store = try await fixture.another()
        async let judged: Int = {
            var judged = 0
            while let claim = try await store.claim(worker: "w", leaseDuration: .seconds(30)) {
                _ = try await store.finish(claim.lease, with: .accepted)
                judged += 1
            }
            return judged
        }()
        let source = try await fixture.sqlite()
        #expect(try await source.backup(to: copy) == [])
        #expect(try await judged == 200)

        // As it is restored: the copy alone, under any name.
        let restored = try await SQLiteStore.open(
            path: copy, access: .write, clock: fixture.clock.database)
        #expect(try await restored.list(SubmissionFilter(limit: 1_000)).count == 200)
        fixture.clock.advance(by: .seconds(31))
        while let claim = try await restored.claim(worker: "w2", leaseDuration: .seconds(30)) {
            _ = try await restored.finish(claim.lease, with: .accepted)
        }
        let records = try await restored.list(SubmissionFilter(state: .done, limit: 1_000))
        #expect(records.count == 200)
        #expect(records.allSatisfy { $0.judgement?.verdict == .accepted })
        #expect(try await restored.check() == [])
    }

    @Test("What an interrupted backup of a process with the same number left blocks no other")
    func leftovers() async throws {
        let fixture = try await fixture()
        let left = [".copy.db.\(getpid())", ".copy.db.\(getpid())-journal"]
        for name in left {
            let file = URL(fileURLWithPath: fixture.directory.file(name))
            try Data(repeating: 7, count: 5_000).write(to: file)
        }
        let copy = fixture.directory.file("copy.db")
        #expect(try await fixture.sqlite().backup(to: copy) == [])
        let files = try FileManager.default.contentsOfDirectory(atPath: fixture.directory.path)
        #expect(files.filter { $0.hasPrefix(".") }.sorted() == left)
        let restored = try await SQLiteStore.open(path: copy, access: .read)
        #expect(try await restored.check() == [])
    }

    @Test("A backup replaces a file only when that is asked for, and never the database")
    func overwriting() async throws {
        let fixture = try await fixture()
        let store = try await fixture.sqlite()
        let copy = fixture.directory.file("copy.db")
        try Data("precious".utf8).write(to: URL(fileURLWithPath: copy))
        await #expect(throws: StoreError.exists(path: copy)) { try await store.backup(to: copy) }
        #expect(try String(contentsOfFile: copy, encoding: .utf8) == "precious")
        #expect(try await store.backup(to: copy, overwriting: true) == [])
        #expect(try SQLiteProgram.run(copy, "SELECT count(*) FROM results") == ["5"])
        for path in [store.path, "\(store.path)-wal"] {
            let error = await #expect(throws: StoreError.self) {
                try await store.backup(to: path, overwriting: true)
            }
            #expect(
                error == .unfitForBackup(path: path, detail: "it is the database itself"))
        }
        try Data().write(to: URL(fileURLWithPath: "\(copy)-wal"))
        let error = await #expect(throws: StoreError.self) {
            try await store.backup(to: copy, overwriting: true)
        }
        #expect("\(String(describing: error))".contains("database in use"))
        await #expect(
            throws: StoreError.missingDirectory(path: fixture.directory.file("none/copy.db"))
        ) { try await store.backup(to: fixture.directory.file("none/copy.db")) }
    }

    @Test("A backup is one file that only its owner reads")
    func oneFile() async throws {
        let fixture = try await fixture()
        let directory = try TemporaryDirectory()
        let copy = directory.file("copy.db")
        _ = try await fixture.sqlite().backup(to: copy)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["copy.db"])
        let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    @Test("A database of an older version is backed up as it is, before it is brought up to date")
    func olderVersion() async throws {
        let directory = try TemporaryDirectory()
        let (old, copy) = (directory.file("old.db"), directory.file("copy.db"))
        try await DatabaseQueue(path: old).write { try $0.execute(sql: databaseOfVersion1) }
        let store = try await SQLiteStore.open(path: old, access: .copy)
        #expect(try await store.backup(to: copy) == [])
        for path in [old, copy] {
            #expect(try SQLiteProgram.run(path, "PRAGMA user_version") == ["1"])
        }
        let restored = try await SQLiteStore.open(path: copy, access: .write)
        #expect(try await restored.list(SubmissionFilter()).count == 3)
        #expect(try await restored.check() == [])
        await #expect(throws: StoreError.self) {
            try SQLiteProgram.run(directory.file("foreign.db"), "CREATE TABLE recipe (name TEXT)")
            _ = try await SQLiteStore.open(path: directory.file("foreign.db"), access: .copy)
        }
    }

    @Test("Processes that bring the same old files up to date do it once for each")
    func migratedOnce() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("old.db")
        for number in 0..<30 {
            try await DatabaseQueue(path: "\(path)-\(number)").write {
                try $0.execute(sql: databaseOfVersion1)
            }
        }
        async let first: Void = Self.openAllInAnotherProcess(path)
        async let second: Void = Self.openAllInAnotherProcess(path)
        async let third: Void = Self.openAllInAnotherProcess(path)
        _ = await (first, second, third)
        for number in 0..<30 {
            let store = try await SQLiteStore.open(path: "\(path)-\(number)", access: .read)
            #expect(try await store.check() == [])
            #expect(try await store.list(SubmissionFilter()).count == 3)
            #expect(
                try SQLiteProgram.run(
                    "\(path)-\(number)", "SELECT count(*), sum(weight) FROM queue_class")
                    == ["4|63"])
        }
    }

    private static func openAllInAnotherProcess(_ path: String) async {
        await #expect(processExitsWith: .success) { [path] in
            for number in 0..<30 {
                try await SQLiteStore.open(path: "\(path)-\(number)", access: .write).close()
            }
        }
    }
}

extension Fixture {
    fileprivate func sqlite() async throws -> SQLiteStore {
        try await SQLiteStore.open(
            path: directory.file("judge.db"), access: .read, clock: clock.database)
    }
}
