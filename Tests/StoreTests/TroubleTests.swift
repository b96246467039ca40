import Foundation
import GRDB
import Glibc
import JudgeCore
import Store
import Testing
import Units

@Suite("A locked, full or read-only database")
struct TroubleTests {
    @Test("A database that someone else has locked is told, and works when the lock is gone")
    func locked() async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(
            path: directory.file("judge.db"), access: .create, busyTimeout: .milliseconds(20))
        _ = try await store.addProblem(.sample())
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: store.path, configuration: configuration)
        try execute("BEGIN IMMEDIATE", other)
        let error = await #expect(throws: StoreError.self) { try await store.submit(.sample()) }
        #expect(error == .locked(path: store.path))
        #expect(error?.fault == .temporary)
        #expect(try await store.list(SubmissionFilter()).isEmpty)
        try execute("ROLLBACK", other)
        #expect(try await store.submit(.sample()) == 1)
    }

    @Test(
        "A submission that does not fit on the disk is told and not half stored; one that fits is",
        .enabled(if: SmallFileSystem.canMount, "needs root to mount a small file system"))
    func full() async throws {
        try await SmallFileSystem.with(kibibytes: 1_024) { directory in
            let store = try await SQLiteStore.open(path: "\(directory)/judge.db", access: .create)
            _ = try await store.addProblem(.sample())
            let file = SourceFile(name: "a.cpp", bytes: [UInt8](repeating: 65, count: 2 << 20))
            let large = NewSubmission(problem: "aplusb", language: "cpp17", files: [file])
            let error = await #expect(throws: StoreError.self) {
                try await store.submit(large)
            }
            #expect(error == .full(path: store.path))
            #expect(error?.fault == .temporary)
            #expect(try await store.list(SubmissionFilter()).isEmpty)
            #expect(try await store.queueLength().queued == 0)
            let id = try await store.submit(.sample())
            #expect(try await store.list(SubmissionFilter()).map(\.id) == [id])
            try await store.close()
        }
    }

    @Test(
        "Bringing a file up to date where there is plainly no room is refused in a sentence; freeing some helps",
        .enabled(if: SmallFileSystem.canMount, "needs root to mount a small file system"))
    func noRoom() async throws {
        try await SmallFileSystem.with(kibibytes: 64 << 10) { directory in
            let path = "\(directory)/judge.db"
            let store = try await SQLiteStore.open(path: path, access: .create)
            _ = try await store.addProblem(.sample())
            _ = try await store.submit(.sample())
            let claim = try #require(
                try await store.claim(worker: "w", leaseDuration: .seconds(30)))
            #expect(try await store.finish(claim.lease, with: .slow) == .written)
            try await store.close()
            try await DatabaseQueue(path: path).write {
                try $0.execute(sql: backToVersion12)
                try $0.execute(
                    sql: """
                        UPDATE judgement_test SET checker_message = hex(zeroblob(3000000))
                        WHERE position = 0
                        """)
            }
            try SmallFileSystem.fill(directory, leaving: 4 << 10)
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            let error = await #expect(throws: StoreError.self) {
                try await SQLiteStore.open(path: path, access: .write)
            }
            guard case .noRoom(path, ByteCount(6_000_000), let free) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(free.bytes > 0 && free.bytes < 6_000_000)
            #expect(error?.fault == .temporary)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
            try FileManager.default.removeItem(atPath: "\(directory)/filler")
            let upgraded = try await SQLiteStore.open(path: path, access: .write)
            let tests = try await upgraded.record(of: 1).judgement?.tests
            #expect(tests?.first?.checkerMessage.utf8.count == 6_000_000)
            try await upgraded.close()
        }
    }

    @Test(
        "A read-only file system is told at opening; reading works while the file's helpers exist",
        .enabled(if: SmallFileSystem.canMount, "needs root to mount a small file system"))
    func readOnly() async throws {
        try await SmallFileSystem.with(kibibytes: 1_024) { directory in
            let path = "\(directory)/judge.db"
            try await SQLiteStore.open(path: path, access: .create).close()
            try #require(mount("none", directory, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0)
            for access in [DatabaseAccess.write, .create] {
                let error = await #expect(throws: StoreError.self) {
                    try await SQLiteStore.open(path: path, access: access)
                }
                #expect(error == .readOnly(path: path))
                #expect(error?.fault == .unavailable)
            }
            await #expect(throws: StoreError.readOnly(path: "\(directory)/new.db")) {
                try await SQLiteStore.open(path: "\(directory)/new.db", access: .create)
            }
        }
    }

    @Test("Every sentence is one line, lower case, without full stop")
    func sentences() {
        let errors: [StoreError] = [
            .noSuchProblem(id: "p"), .noSuchSubmission(id: 1), .noSuchRejudging(name: "r"),
            .rejudgingExists(name: "r", selection: "s"), .tooManySubmissions(limit: 2),
            .rejudgingUnfinished(name: "r", waiting: 1), .duplicateFile(name: "a"),
            .missing(path: "/x"), .exists(path: "/x"),
            .unfitForBackup(path: "/x", detail: "y"), .missingDirectory(path: "/x"),
            .readOnly(path: "/x"),
            .unusable(path: "/x", detail: "y"), .newerVersion(path: "/x", found: 2, known: 1),
            .olderVersion(path: "/x", found: 0, known: 1), .foreign(path: "/x"),
            .corrupt(path: "/x", detail: "y"), .locked(path: "/x"), .full(path: "/x"),
            .watch(directory: "/", detail: "y"), .closed(path: "/x"),
            .noRoom(path: "/x", needed: .kibibytes(2), free: .kibibytes(1)),
            .failed(doing: "do", path: "/x", detail: "y"),
        ]
        for error in errors {
            let text = "\(error)"
            #expect(text.first?.isLowercase == true && !text.hasSuffix(".") && !text.contains("\n"))
        }
    }

    private func execute(_ sql: String, _ queue: DatabaseQueue) throws {
        try queue.inDatabase { try $0.execute(sql: sql) }
    }
}
