import Foundation
import JudgeCore
import Judging
import Logging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("The directory of compiled programs")
struct CacheDirectoryTests {
    private let folder: CacheFolder

    init() throws { folder = try CacheFolder() }

    /// Of which a quarter is for headers: 100 KiB for programs.
    private static let limit = ByteCount(4 * (100 << 10) / 3 + 4)

    /// Judges programs of one size, each called by a number.
    private struct Series {
        let cache: CompileCache
        let problem: Problem
        let slot: ScriptedSlot

        init(_ cache: CompileCache, _ problem: Problem, size: Int) {
            self.cache = cache
            self.problem = problem
            slot = ScriptedSlot { call throws(SandboxError) in
                guard call.input == nil else { return .init(report: .exit(0), stdout: "1") }
                return .init(
                    report: .exit(0), left: ["main": [UInt8](repeating: 1, count: size)])
            }
        }

        func judge(_ number: Int) async throws -> Judgement {
            try await Judge(compiled: cache).judge(
                SourceSet(files: [SourceFile(name: "a.cpp", bytes: Array("\(number)".utf8))]),
                in: JudgeTests.cpp, problem: problem, on: slot)
        }
    }

    /// Gives the files that were used since the last call this time, in seconds.
    private func stamp(_ time: Int) throws {
        for name in try folder.kept() {
            let path = folder.path + "/cache/programs/" + name
            var status = stat()
            guard stat(path, &status) == 0, status.st_mtim.tv_sec > 1_000_000 else { continue }
            let times = [timespec(tv_sec: time, tv_nsec: 0), timespec(tv_sec: time, tv_nsec: 0)]
            utimensat(AT_FDCWD, path, times, 0)
        }
    }

    @Test("What is kept stays within its size, and what was used last stays")
    func room() async throws {
        let series = Series(try folder.cache(limit: Self.limit), folder.problem, size: 9_000)
        for number in 0..<30 {
            _ = try await series.judge(number)
            try stamp(2 * number + 1)
            // In use all the time.
            _ = try await series.judge(0)
            try stamp(2 * number + 2)
        }
        #expect(series.cache.use == CacheUse(hits: 30, misses: 30))
        let sizes = try folder.kept().map {
            try Data(contentsOf: URL(filePath: folder.path + "/cache/programs/" + $0)).count
        }
        #expect(sizes.reduce(0, +) <= 100 << 10)
        #expect(sizes.count >= 9)
        _ = try await series.judge(29)
        #expect(series.cache.use == CacheUse(hits: 31, misses: 30))
    }

    @Test("One program that takes more than a tenth of the room does not drive out the others")
    func large() async throws {
        let series = Series(try folder.cache(limit: Self.limit), folder.problem, size: 11_000)
        #expect(try await series.judge(1).verdict == .accepted)
        #expect(try folder.kept() == [])
    }

    @Test(
        "Where the disk is full what was not used for long makes room",
        .enabled(if: geteuid() == 0, "needs root for a file system of its own"))
    func full() async throws {
        let disk = folder.path + "/cache/programs"
        try FileManager.default.createDirectory(
            atPath: disk, withIntermediateDirectories: true)
        try #require(mount("tmpfs", disk, "tmpfs", 0, "size=64k,mode=700") == 0)
        defer { umount2(disk, Int32(MNT_DETACH)) }
        let series = Series(try folder.cache(), folder.problem, size: 9_000)
        for number in 0..<20 {
            #expect(try await series.judge(number).verdict == .accepted)
            try stamp(number + 1)
        }
        #expect(series.cache.use.misses == 20)
        _ = try await series.judge(19)
        #expect(series.cache.use.hits == 1)
        #expect(try folder.kept().count >= 2)
    }

    @Test("A directory that is removed under a worker is made again")
    func removed() async throws {
        let cache = try folder.cache()
        try FileManager.default.removeItem(atPath: folder.path + "/cache")
        let series = Series(cache, folder.problem, size: 10)
        #expect(try await series.judge(1).verdict == .accepted)
        _ = try await series.judge(1)
        #expect(cache.use == CacheUse(hits: 1, misses: 1))
        #expect(try folder.kept().count == 1)
    }

    @Test("Another directory in its place is not written to, and what lies there is not touched")
    func replaced() async throws {
        let series = Series(try folder.cache(limit: Self.limit), folder.problem, size: 9_000)
        let path = folder.path + "/cache/programs"
        try FileManager.default.moveItem(atPath: path, toPath: folder.path + "/own")
        let other = try JudgeTests.Folder(["a": "kept", String(repeating: "a", count: 64): "kept"])
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: other.path)
        for number in 0..<20 { _ = try await series.judge(number) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: other.path).count == 2)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path + "/own").count >= 9)
    }

    @Test("Files of others in the directory stay where they are")
    func strangers() async throws {
        let series = Series(try folder.cache(limit: Self.limit), folder.problem, size: 9_000)
        let path = folder.path + "/cache/programs/notes.txt"
        try Data(repeating: 1, count: 90_000).write(to: URL(filePath: path))
        try stamp(1)
        for number in 0..<20 { _ = try await series.judge(number) }
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test(
        "What is no file of the judge's under the name of one gives way",
        arguments: ["link", "directory", "pipe"])
    func unreadable(kind: String) async throws {
        let series = Series(try folder.cache(), folder.problem, size: 10)
        _ = try await series.judge(1)
        let path = folder.path + "/cache/programs/" + (try #require(folder.kept().first))
        try FileManager.default.removeItem(atPath: path)
        switch kind {
        case "link":
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: "/etc/passwd")
        case "directory": try #require(mkdir(path, 0o700) == 0)
        default: try #require(mkfifo(path, 0o600) == 0)
        }
        for _ in 1...2 { #expect(try await series.judge(1).verdict == .accepted) }
        #expect(series.cache.use == CacheUse(hits: 1, misses: 2))
        #expect(FileManager.default.fileExists(atPath: "/etc/passwd"))
    }

    @Test(
        "A place where no directory can be made is told with its cause, and not where others may write"
    )
    func impossible() throws {
        try Data().write(to: URL(filePath: folder.path + "/cache"))
        #expect(
            throws: CacheFault.unusable(
                "cannot use the directory \(folder.path)/cache: not a directory")
        ) { try folder.cache() }
        #expect(throws: CacheFault.self) {
            try CompileCache.examine(directory: folder.path + "/cache")
        }
        try CompileCache.examine(directory: folder.path + "/other")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/other"))
    }

    @Test(
        "A directory in which others may write, or that is below such a one, is refused in a sentence",
        arguments: ["", "/programs", "/headers"])
    func foreign(place: String) throws {
        let directory = folder.path + "/cache"
        let path = directory + place
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: path)
        let fault = CacheFault.foreign(
            "cannot keep compiled programs in \(path): others may write there; it must be a "
                + "directory of the judge's user alone (chmod 700)")
        #expect(throws: fault) { try folder.cache() }
        #expect(throws: fault) { try CompileCache.examine(directory: directory) }
    }

    @Test(
        "A directory of another user is refused",
        .enabled(if: geteuid() == 0, "needs root to give it away"))
    func anothers() throws {
        let path = folder.path + "/cache/programs"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        try #require(chown(path, 12_345, 12_345) == 0)
        #expect {
            try folder.cache()
        } throws: { error in
            "\(error)".hasPrefix(
                "cannot keep compiled programs in \(path): it belongs to the user 12345")
        }
    }
}
