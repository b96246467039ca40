import Foundation
import GRDB
import JudgeCore
import Store
import Testing

@Suite("Opening the file")
struct OpeningTests {
    let directory: TemporaryDirectory
    let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.file("judge.db")
    }

    @Test("A file that is not there is made only by who may make it")
    func missing() async throws {
        for access in [DatabaseAccess.read, .write] {
            let error = await #expect(throws: StoreError.self) {
                try await SQLiteStore.open(path: path, access: access)
            }
            #expect(error == .missing(path: path))
            #expect(error?.fault == .unavailable)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
        try await SQLiteStore.open(path: path, access: .create).close()
        try await SQLiteStore.open(path: path, access: .read).close()
    }

    @Test("A directory that is not there is told")
    func missingDirectory() async throws {
        let path = directory.file("nowhere/judge.db")
        await #expect(throws: StoreError.missingDirectory(path: path)) {
            try await SQLiteStore.open(path: path, access: .create)
        }
    }

    @Test("A directory in place of the file is told")
    func directoryAsFile() async throws {
        await #expect(
            throws: StoreError.unusable(path: directory.path, detail: "it is a directory")
        ) {
            try await SQLiteStore.open(path: directory.path, access: .write)
        }
    }

    @Test("A named pipe in place of the file is told, and nobody waits for its writer")
    func pipeAsFile() async throws {
        let pipe = directory.file("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        for access in [DatabaseAccess.read, .write, .create] {
            await #expect(throws: StoreError.unusable(path: pipe, detail: "it is not a file")) {
                try await SQLiteStore.open(path: pipe, access: access)
            }
        }
    }

    @Test(
        "A newer schema is refused in one sentence and left as it is",
        arguments: [newestSchema + 1, newestSchema + 99])
    func newer(version: Int) async throws {
        try await SQLiteStore.open(path: path, access: .create).close()
        try execute("PRAGMA user_version = \(version)")
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        for access in [DatabaseAccess.read, .write, .create] {
            let error = await #expect(throws: StoreError.self) {
                try await SQLiteStore.open(path: path, access: access)
            }
            #expect(error == .newerVersion(path: path, found: version, known: newestSchema))
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("An empty file is told to readers and brought up to date by writers")
    func older() async throws {
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        let older = StoreError.olderVersion(path: path, found: 0, known: newestSchema)
        await #expect(throws: older) {
            try await SQLiteStore.open(path: path, access: .read)
        }
        let store = try await SQLiteStore.open(path: path, access: .write)
        #expect(try await store.problems().isEmpty)
    }

    @Test("Another program's database and a file that is none are refused and left as they are")
    func foreign() async throws {
        try execute("CREATE TABLE recipe (name TEXT)")
        let text = directory.file("notes.txt")
        try Data(String(repeating: "notes\n", count: 1_000).utf8).write(
            to: URL(fileURLWithPath: text))
        for file in [path, text] {
            let before = try Data(contentsOf: URL(fileURLWithPath: file))
            await #expect(throws: StoreError.foreign(path: file)) {
                try await SQLiteStore.open(path: file, access: .create)
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
        }
    }

    @Test("A damaged file is told as damaged")
    func corrupt() async throws {
        let store = try await SQLiteStore.open(path: path, access: .create)
        _ = try await store.addProblem(.sample())
        try await store.close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let size = try file.seekToEnd()
        try file.seek(toOffset: 4_096)
        try file.write(contentsOf: Data(repeating: 0xFF, count: Int(size) - 4_096))
        try file.close()
        let error = await #expect(throws: StoreError.self) {
            let store = try await SQLiteStore.open(path: path, access: .read)
            _ = try await store.list(.init())
            _ = try await store.problems()
        }
        guard case .corrupt = error else {
            Issue.record("told as \(String(describing: error))")
            return
        }
        #expect(error?.fault == .broken)
    }

    @Test("A symbolic link, also to a file that is not there yet, opens the file it means")
    func symbolicLink() async throws {
        let (link, second) = (directory.file("link.db"), directory.file("second.db"))
        let files = FileManager.default
        try files.createSymbolicLink(atPath: link, withDestinationPath: "second.db")
        try files.createSymbolicLink(atPath: second, withDestinationPath: path)
        let store = try await SQLiteStore.open(path: link, access: .create)
        _ = try await store.addProblem(.sample())
        #expect(store.path.hasSuffix("/judge.db"))
        let direct = try await SQLiteStore.open(path: path, access: .read)
        #expect(direct.path == store.path)
        #expect(try await direct.problems().count == 1)
        #expect(files.fileExists(atPath: path))
    }

    @Test("A reader sees what a writer in another store has written")
    func readWhileWriting() async throws {
        let writer = try await SQLiteStore.open(path: path, access: .create)
        let reader = try await SQLiteStore.open(path: path, access: .read)
        _ = try await writer.addProblem(.sample())
        #expect(try await reader.problems().count == 1)
        await #expect(throws: StoreError.readOnly(path: reader.path)) {
            try await reader.submit(.sample())
        }
    }

    @Test("Of many that open a new file at once, every one finds it ready", arguments: 0..<10)
    func race(_: Int) async throws {
        let path = path
        try await withThrowingTaskGroup(of: SQLiteStore.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let store = try await SQLiteStore.open(path: path, access: .create)
                    _ = try await store.addProblem(.sample("p\(number)"))
                    return store
                }
            }
            var stores: [SQLiteStore] = []
            for try await store in group { stores.append(store) }
            for store in stores { #expect(try await store.problems().count == 8) }
        }
    }

    @Test("Processes that race to make the same files all find every one ready")
    func processRace() async throws {
        // Who is behind finds files made and catches up, so that they meet at the newest.
        async let first: Void = makeFilesInAnotherProcess()
        async let second: Void = makeFilesInAnotherProcess()
        async let third: Void = makeFilesInAnotherProcess()
        _ = await (first, second, third)
        for number in 0..<100 {
            let store = try await SQLiteStore.open(path: "\(path)-\(number)", access: .read)
            #expect(try await store.problems().count == 1)
        }
    }

    private func makeFilesInAnotherProcess() async {
        await #expect(processExitsWith: .success) { [path = path as String] in
            for number in 0..<100 {
                let store = try await SQLiteStore.open(path: "\(path)-\(number)", access: .create)
                _ = try await store.addProblem(.sample())
                try await store.close()
            }
        }
    }

    @Test("A closed store says that it is closed")
    func closed() async throws {
        let store = try await SQLiteStore.open(path: path, access: .create)
        try await store.close()
        await #expect(throws: StoreError.closed(path: store.path)) { try await store.problems() }
        await #expect(throws: StoreError.closed(path: store.path)) {
            try await store.addProblem(.sample())
        }
    }

    private func execute(_ sql: String) throws {
        try DatabaseQueue(path: path).inDatabase { try $0.execute(sql: sql) }
    }
}
