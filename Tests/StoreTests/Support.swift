import Foundation
import Glibc
import JudgeCore
import Store
import Synchronization
import Testing
import Units

/// The number of the newest migration, each of which has a file of its own.
let newestSchema: Int = {
    let migrations = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Store/SQLite/Migrations").standardizedFileURL
    let names = try? FileManager.default.contentsOfDirectory(atPath: migrations.path)
    return names?.count { $0.hasSuffix(".swift") } ?? 0
}()

/// A directory that is gone when the test is.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "judge-store-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }
}

/// A clock that stands still until it is told to move.
final class StandingClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_795_600_000_000)

    func advance(by duration: Duration) {
        milliseconds.withLock { $0 += duration.wholeMicroseconds / 1_000 }
    }

    var database: DatabaseClock {
        .manual {
            Instant(millisecondsSince1970: self.milliseconds.withLock { $0 })
        }
    }
}

/// Every store that is held to the same promises.
enum StoreKind: CaseIterable, Sendable {
    case sqlite

    func open(in directory: TemporaryDirectory, clock: DatabaseClock) async throws -> any JobStore {
        switch self {
        case .sqlite:
            try await SQLiteStore.open(
                path: directory.file("judge.db"), access: .create, clock: clock)
        }
    }
}

/// A store with one problem, `aplusb`, and what a test does to it again and again.
struct Fixture {
    let directory: TemporaryDirectory
    let clock = StandingClock()
    let kind: StoreKind
    let store: any JobStore

    init(_ kind: StoreKind = .sqlite) async throws {
        self.kind = kind
        directory = try TemporaryDirectory()
        store = try await kind.open(in: directory, clock: clock.database)
        _ = try await store.addProblem(.sample())
    }

    func another() async throws -> any JobStore {
        try await kind.open(in: directory, clock: clock.database)
    }

    @discardableResult
    func submit(
        problem: String = "aplusb", user: String? = nil, priority: Priority = .normal
    ) async throws -> Int64 {
        try await store.submit(.sample(problem: problem, user: user, priority: priority))
    }

    func claim(_ worker: String = "w") async throws -> Claim? {
        try await store.claim(worker: worker, leaseDuration: .seconds(30))
    }
}

extension NewProblem {
    static func sample(_ id: String = "aplusb", digest: String = "d1") -> NewProblem {
        NewProblem(
            id: id, name: "A plus B", directory: "/srv/\(id)/\(digest)", digest: digest,
            timeLimit: .seconds(1))
    }
}

extension NewSubmission {
    static func sample(
        problem: String = "aplusb", user: String? = nil, priority: Priority = .normal
    ) -> NewSubmission {
        NewSubmission(
            problem: problem, language: "cpp17", user: user, priority: priority,
            files: [SourceFile(name: "a.cpp", bytes: [UInt8]("int main() {}".utf8))])
    }
}

extension Judgement {
    static let accepted = Judgement(verdict: .accepted, reason: nil)

    static let slow: Judgement = {
        var judgement = slowWithoutTranscript
        judgement.tests[1].transcript = Transcript(lines: [
            Transcript.Line(time: .microseconds(12), speaker: "submission", text: "a\tb\\n\r"),
            Transcript.Line(time: .seconds(1), speaker: "judge", text: ""),
        ])
        return judgement
    }()

    private static let slowWithoutTranscript = Judgement(
        verdict: .timeLimit, score: 12.5, reason: Reason(.cpuTime, "used 2.013 s of 2.000 s"),
        cpuTime: .microseconds(2_013_120), wallTime: .microseconds(2_020_331),
        memoryPeak: ByteCount(3_145_728),
        compile: CompileResult(
            ok: true, cpuTime: .microseconds(410_000), memoryPeak: ByteCount(90_000_000),
            output: "warning: ünused"),
        tests: [
            TestResult(
                name: "sample/1", group: "sample", verdict: .accepted,
                cpuTime: .microseconds(812), wallTime: .microseconds(1_400),
                memoryPeak: ByteCount(524_288), exitCode: 0, checkerMessage: "ok",
                teamMessage: "well done"),
            TestResult(
                name: "secret/02", group: "secret", verdict: .timeLimit, score: 0,
                reason: Reason(.cpuTime, "used 2.013 s of 2.000 s"),
                cpuTime: .microseconds(2_013_120), wallTime: .microseconds(2_020_331),
                memoryPeak: ByteCount(3_145_728), signal: 9),
        ])
}

/// A tmpfs, to be full when a test wants it.
enum SmallFileSystem {
    static let canMount = geteuid() == 0

    static func with(kibibytes: Int, _ body: (String) async throws -> Void) async throws {
        let directory = try TemporaryDirectory()
        try #require(mount("none", directory.path, "tmpfs", 0, "size=\(kibibytes)k") == 0)
        defer { umount2(directory.path, Int32(MNT_DETACH)) }
        try await body(directory.path)
    }

    /// Fills the file system of a directory but for so much.
    static func fill(_ directory: String, leaving kibibytes: Int) throws {
        var status = statvfs()
        try #require(statvfs(directory, &status) == 0)
        let free = Int(status.f_bavail) * Int(status.f_frsize)
        let fd = open("\(directory)/filler", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        try #require(fd >= 0)
        defer { close(fd) }
        try #require(posix_fallocate(fd, 0, off_t(free - kibibytes << 10)) == 0)
    }
}
