import Foundation
import JudgeCore
import Judging
import Logging
import Problems
import Units

/// A directory for what is compiled, and a problem of one test.
struct CacheFolder {
    private let answers: JudgeTests.Folder
    private let directory: JudgeTests.Folder

    init() throws {
        answers = try JudgeTests.Folder(["1.ans": "1"])
        directory = try JudgeTests.Folder([:])
    }

    static let machine = Machine(
        kernel: "6.1 x86_64", judgeDigest: "judge", helperDigest: "helper", mounts: ["/opt:/opt"],
        toolchains: [
            "cpp17": Toolchain(version: "12", digest: "g++"),
            "python3": Toolchain(version: "3", digest: "python"),
        ])

    var path: String { directory.path }
    var problem: Problem { JudgeTests.problem(answers, tests: ["1"]) }

    /// Another cache in the same directory, as another worker has it.
    func cache(
        _ machine: Machine = machine, system: String? = "packages",
        limit: ByteCount = .mebibytes(1), files: FileMarks = FileMarks()
    ) throws -> CompileCache {
        try cache(
            KnownSurroundings(
                CompileSurroundings(machine: machine, system: system, files: files)),
            limit: limit)
    }

    func cache(
        _ surroundings: KnownSurroundings, limit: ByteCount = .mebibytes(1)
    ) throws -> CompileCache {
        try CompileCache(
            directory: path + "/cache", limit: limit, surroundings: surroundings,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Names of files of a kind: `programs` or `headers`.
    func kept(_ kind: String = "programs") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path + "/cache/\(kind)")
    }
}
