import Foundation
import JudgeCore
import Judging
import Logging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("What compilers made is kept")
struct CompileCacheTests {
    private let answers: JudgeTests.Folder
    private let directory: JudgeTests.Folder

    init() throws {
        answers = try JudgeTests.Folder(["1.ans": "1"])
        directory = try JudgeTests.Folder([:])
    }

    private static let machine = Machine(
        kernel: "6.1 x86_64", helperDigest: "helper", mounts: ["/opt:/opt"],
        toolchains: [
            "cpp17": Toolchain(version: "12", digest: "g++"),
            "python3": Toolchain(version: "3", digest: "python"),
        ])

    private func cache(
        _ machine: Machine = machine, system: String? = "packages", limit: ByteCount = .mebibytes(1)
    ) throws -> CompileCache {
        try CompileCache(
            directory: directory.path + "/cache", limit: limit,
            surroundings: CompileSurroundings(machine: machine, system: system),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private var problem: Problem { JudgeTests.problem(answers, tests: ["1"]) }

    /// What one judging is made of; the parts are changed one by one.
    private struct Case: Sendable {
        var sources = JudgeTests.source
        var language = JudgeTests.cpp
        var settings = JudgingSettings()
        var limits: ProblemLimits?
        var machine = CompileCacheTests.machine
        var system: String? = "packages"
    }

    /// Judges on a slot whose compiler makes another program at each call.
    /// - Returns: the judgement, and how often the compiler was called.
    private func judge(
        _ parts: Case, compiler answer: ScriptedSlot.Answer? = nil
    ) async throws -> (judgement: Judgement, compilations: Int, use: CacheUse, slot: ScriptedSlot) {
        let cache = try cache(parts.machine, system: parts.system)
        var problem = problem
        if let limits = parts.limits { problem.limits = limits }
        let slot = ScriptedSlot { call throws(SandboxError) in
            guard call.input == nil else { return .init(report: .exit(0), stdout: "1") }
            return answer
                ?? .init(
                    report: .exit(0, cpu: .milliseconds(7)), stdout: "a warning",
                    left: ["main": [1, 2, 0, 10, 255], "other": [3]])
        }
        let judgement = try await Judge(settings: parts.settings, compiled: cache).judge(
            parts.sources, in: parts.language, problem: problem, on: slot)
        let compilations = await slot.calls.count { $0.input == nil }
        return (judgement, compilations, cache.use, slot)
    }

    @Test("What one worker compiled another takes from disk, with what the compiler used and said")
    func kept() async throws {
        let first = try await judge(Case())
        #expect(first.compilations == 1)
        #expect(first.use == CacheUse(hits: 0, misses: 1))
        let second = try await judge(Case())
        #expect(second.compilations == 0)
        #expect(second.use == CacheUse(hits: 1, misses: 0))
        #expect(second.judgement == first.judgement)
        #expect(second.judgement.verdict == .accepted)
        let call = try #require(await second.slot.calls.first)
        #expect(call.box == ["main": [1, 2, 0, 10, 255]])
        #expect(call.executables == ["main"])
    }

    @Test("Sources that are the products are kept as they came")
    func sources() async throws {
        var parts = Case()
        parts.language = JudgeTests.python
        parts.sources = SourceSet(files: [
            SourceFile(name: "a.py", bytes: [0, 10]), SourceFile(name: "b.py", bytes: []),
        ])
        _ = try await judge(parts)
        let second = try await judge(parts)
        #expect(second.compilations == 0)
        #expect(await second.slot.calls.first?.box == ["a.py": [0, 10], "b.py": []])
    }

    private static let changes: [(String, @Sendable (inout Case) -> Void)] = [
        ("a byte of a source", { $0.sources.files[0].bytes[0] = 0 }),
        ("the name of a source", { $0.sources.files[0].name = "b.cpp" }),
        ("one more file", { $0.sources.files.append(SourceFile(name: "b.h", bytes: [])) }),
        ("the compiler's arguments", { $0.language.compile.append("-g") }),
        ("what is kept", { $0.language.products.append("other") }),
        ("the language's environment", { $0.language.environment = ["A=1"] }),
        ("its system calls", { $0.language.syscalls = ["numa"] }),
        ("the environment of all", { $0.settings.environment.append("B=1") }),
        ("the compiler", { $0.machine.toolchains["cpp17"]?.digest = "clang" }),
        ("its version", { $0.machine.toolchains["cpp17"]?.version = "13" }),
        ("the sandbox", { $0.machine.helperDigest = "another" }),
        ("the architecture", { $0.machine.kernel = "6.1 aarch64" }),
        ("what compilers see", { $0.machine.mounts = [] }),
        ("the installed packages", { $0.system = "more" }),
        ("the memory for compiling", { $0.limits = ProblemLimits.compiling(.mebibytes(99)) }),
        ("the processes of a compiler", { $0.settings.compileProcesses = 3 }),
    ]

    @Test(
        "Whatever a program depends on, it is compiled again when that changes", arguments: 0..<16)
    func changed(row: Int) async throws {
        #expect(Self.changes.count == 16)
        _ = try await judge(Case())
        var parts = Case()
        Self.changes[row].1(&parts)
        #expect(try await judge(parts).compilations == 1, "\(Self.changes[row].0)")
        #expect(try await judge(parts).compilations == 0, "\(Self.changes[row].0)")
    }

    @Test("A name with the digits of a length is not taken for another file's bytes")
    func bounds() async throws {
        var one = Case()
        one.sources.files = [SourceFile(name: "a.cpp", bytes: Array("b.h3:abc".utf8))]
        var two = Case()
        two.sources.files = [
            SourceFile(name: "a.cpp", bytes: []), SourceFile(name: "b.h", bytes: Array("abc".utf8)),
        ]
        _ = try await judge(one)
        #expect(try await judge(two).compilations == 1)
    }

    @Test("That sources do not compile is kept, with the compiler's words")
    func failures() async throws {
        let refused = ScriptedSlot.Answer(report: .exit(1), stdout: "a.cpp:1: error")
        let first = try await judge(Case(), compiler: refused)
        let second = try await judge(Case())
        #expect(second.compilations == 0)
        #expect(second.judgement == first.judgement)
        #expect(second.judgement.verdict == .compilerError)
        #expect(second.judgement.compile?.output == "a.cpp:1: error")
        #expect(second.judgement.reason?.code == .compilerFailed)
    }

    private static let passing: [RunReport] = [
        .ended(.cpuTime), .ended(.wallTime), .ended(.idle), .ended(.memory), .ended(.output),
        .ended(.processes), .ended(.signaled),
        {
            var report = RunReport.exit(1)
            report.oomKills = 1
            return report
        }(),
        {
            var report = RunReport.exit(1)
            report.processLimitHits = 1
            return report
        }(),
    ]

    @Test("What a limit or a signal ended is compiled again the next time", arguments: 0..<9)
    func passing(row: Int) async throws {
        #expect(Self.passing.count == 9)
        let failed = try await judge(Case(), compiler: .init(report: Self.passing[row]))
        #expect(failed.judgement.verdict == .compilerError)
        #expect(try await judge(Case()).compilations == 1)
    }

    @Test(
        "Where the compiler, the sandbox or the system is not known nothing is kept",
        arguments: 0..<3)
    func unknown(row: Int) async throws {
        var parts = Case()
        switch row {
        case 0: parts.machine.toolchains = [:]
        case 1: parts.machine.helperDigest = nil
        default: parts.system = nil
        }
        _ = try await judge(parts)
        let second = try await judge(parts)
        #expect(second.compilations == 1)
        #expect(second.use == CacheUse())
    }

    private var kept: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: directory.path + "/cache")
        }
    }

    private static let damages: [@Sendable ([UInt8]) -> [UInt8]] = [
        { bytes in Array(bytes.dropLast()) }, { bytes in bytes + [0] },
        { bytes in bytes.dropLast() + [7] }, { _ in [] }, { bytes in [0] + bytes.dropFirst() },
        { bytes in Array(bytes.prefix(70)) },
    ]

    @Test("A damaged file is never used, and another takes its place", arguments: 0..<6)
    func damaged(row: Int) async throws {
        _ = try await judge(Case())
        let file = URL(filePath: directory.path + "/cache").appending(
            path: try #require(kept.first))
        let bytes = Self.damages[row]([UInt8](try Data(contentsOf: file)))
        try FileManager.default.removeItem(at: file)
        try Data(bytes).write(to: file)
        let second = try await judge(Case())
        #expect(second.compilations == 1)
        #expect(second.judgement.verdict == .accepted)
        #expect(try await judge(Case()).compilations == 0)
    }

    @Test("A file under the name of another is not used")
    func renamed() async throws {
        _ = try await judge(Case())
        let first = try #require(kept.first)
        var other = Case()
        other.sources.files[0].bytes = Array("int main() {}".utf8)
        _ = try await judge(other)
        let second = try #require(kept.first { $0 != first })
        let cache = URL(filePath: directory.path + "/cache")
        try FileManager.default.removeItem(at: cache.appending(path: second))
        try FileManager.default.moveItem(
            at: cache.appending(path: first), to: cache.appending(path: second))
        #expect(try await judge(other).compilations == 1)
    }

    @Test("What is kept stays within its size, and what was used last stays")
    func room() async throws {
        let cache = try cache(limit: .kibibytes(100))
        let slot = ScriptedSlot { call throws(SandboxError) in
            guard call.input == nil else { return .init(report: .exit(0), stdout: "1") }
            return .init(
                report: .exit(0), left: ["main": [UInt8](repeating: 1, count: 20_000)])
        }
        let judge = Judge(compiled: cache)
        func judged(_ number: Int) async throws {
            let sources = SourceSet(files: [
                SourceFile(name: "a.cpp", bytes: Array("\(number)".utf8))
            ])
            _ = try await judge.judge(
                sources, in: JudgeTests.cpp, problem: problem, on: slot)
        }
        for number in 0..<20 {
            try await judged(number)
            // In use all the time.
            try await judged(0)
        }
        #expect(cache.use == CacheUse(hits: 20, misses: 20))
        let sizes = try kept.map {
            try Data(contentsOf: URL(filePath: directory.path + "/cache/" + $0)).count
        }
        #expect(sizes.reduce(0, +) <= 100 << 10)
        #expect(sizes.count >= 3)
    }

    @Test("Judging goes on where nothing can be written")
    func unwritable() async throws {
        let cache = try cache()
        try FileManager.default.removeItem(atPath: directory.path + "/cache")
        let slot = JudgeTests.slot(["1.in": "1"])
        let judgement = try await Judge(compiled: cache).judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: problem, on: slot)
        #expect(judgement.verdict == .accepted)
    }

    @Test("A directory in which others may write is refused in a sentence")
    func foreign() throws {
        let path = directory.path + "/cache"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: path)
        #expect {
            try cache()
        } throws: { error in
            "\(error)".hasPrefix("cannot keep compiled programs in \(path): others may write there")
        }
    }
}

extension ProblemLimits {
    fileprivate static func compiling(_ memory: ByteCount) -> ProblemLimits {
        var limits = ProblemLimits()
        limits.compilationMemory = memory
        return limits
    }
}
