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
    private let folder: CacheFolder

    init() throws { folder = try CacheFolder() }

    /// What one judging is made of; the parts are changed one by one.
    private struct Case: Sendable {
        var sources = JudgeTests.source
        var language = JudgeTests.cpp
        var settings = JudgingSettings()
        var limits: ProblemLimits?
        var machine = CacheFolder.machine
        var system: String? = "packages"
        var files = FileMarks()
    }

    /// Judges on a slot whose compiler makes another program at each call.
    /// - Returns: the judgement, and how often the compiler was called.
    private func judge(
        _ parts: Case, compiler answer: ScriptedSlot.Answer? = nil
    ) async throws -> (judgement: Judgement, compilations: Int, use: CacheUse, slot: ScriptedSlot) {
        let cache = try folder.cache(parts.machine, system: parts.system, files: parts.files)
        var problem = folder.problem
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
        ("the judge", { $0.machine.judgeDigest = "another" }),
        ("the architecture", { $0.machine.kernel = "6.1 aarch64" }),
        ("what compilers see", { $0.machine.mounts = [] }),
        ("the installed packages", { $0.system = "more" }),
        ("the memory for compiling", { $0.limits = ProblemLimits.compiling(.mebibytes(99)) }),
        ("the time for compiling", { $0.limits = .compiling(within: .seconds(9)) }),
        ("its time by the clock", { $0.settings.compileWallFactor = 7 }),
        ("the processes of a compiler", { $0.settings.compileProcesses = 3 }),
        ("its open files", { $0.settings.compileOpenFiles = 33 }),
        ("its box", { $0.settings.boxSize = .mebibytes(33) }),
        ("its /tmp", { $0.settings.compileTmpSize = .mebibytes(33) }),
        ("the size of products", { $0.settings.productSize = .mebibytes(33) }),
        ("its output", { $0.settings.compileOutput = .mebibytes(33) }),
        ("what is kept of that", { $0.settings.compilerOutputKept = .kibibytes(3) }),
    ]

    @Test(
        "Whatever a program depends on, it is compiled again when that changes",
        arguments: changes.indices)
    func changed(row: Int) async throws {
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

    @Test("What comes of one entry point is not taken for what comes of another")
    func entries() async throws {
        var parts = Case()
        parts.language.products = ["out-{entry}"]
        parts.sources = SourceSet(
            files: ["a.cpp", "b.cpp"].map { SourceFile(name: $0, bytes: [1]) }, entryPoint: "a.cpp")
        let answer = ScriptedSlot.Answer(
            report: .exit(0),
            left: ["out-a.cpp": [1], "out-b.cpp": [2], "out-a": [1], "out-b": [2]])
        let first = try await judge(parts, compiler: answer)
        parts.sources.entryPoint = "b.cpp"
        let second = try await judge(parts, compiler: answer)
        #expect(second.compilations == 1)
        #expect(
            await first.slot.calls.last?.box.values.first
                != second.slot.calls.last?.box.values.first)
    }

    @Test("A source that is a product is not taken for a file that the compiler calls like it")
    func sourceOrProduct() async throws {
        var parts = Case()
        parts.language = JudgeTests.python
        parts.language.products = ["a.py"]
        parts.sources = SourceSet(files: [SourceFile(name: "a.py", bytes: [1])])
        let answer = ScriptedSlot.Answer(report: .exit(0), left: ["a.py": [2]])
        let first = try await judge(parts, compiler: answer)
        #expect(await first.slot.calls.last?.box == ["a.py": [2]])
        parts.language.products = ["{sources}"]
        let second = try await judge(parts, compiler: answer)
        #expect(second.compilations == 1)
        #expect(await second.slot.calls.last?.box == ["a.py": [1]])
    }

    private static let failing: [RunReport] =
        [RunReport.exit(1), .ended(.signaled)]
        + [.cpuTime, .wallTime, .idle, .memory, .output, .processes].map { .ended($0) }

    @Test(
        "That sources do not compile is found anew each time: it may be the machine's fault",
        arguments: failing.indices)
    func failures(row: Int) async throws {
        let failed = try await judge(Case(), compiler: .init(report: Self.failing[row]))
        #expect(failed.judgement.verdict == .compilerError)
        #expect(try folder.kept() == [])
        #expect(try await judge(Case()).judgement.verdict == .accepted)
    }

    @Test("A compiler that left nothing is asked again")
    func nothingLeft() async throws {
        let failed = try await judge(Case(), compiler: .init(report: .exit(0)))
        #expect(failed.judgement.verdict == .compilerError)
        #expect(try await judge(Case()).compilations == 1)
    }

    private static let unknowns: [@Sendable (inout Case) -> Void] = [
        { $0.machine.toolchains = [:] }, { $0.machine.toolchains["cpp17"]?.digest = nil },
        {
            $0.language.version = ["/usr/bin/g++", "--version"]
            $0.machine.toolchains["cpp17"]?.version = nil
        },
        { $0.machine.helperDigest = nil }, { $0.machine.judgeDigest = nil },
        { $0.machine.kernel = nil }, { $0.machine.kernel = "6.1" }, { $0.system = nil },
    ]

    @Test(
        "Where it is not known what the compiler depends on nothing is kept",
        arguments: unknowns.indices)
    func unknown(row: Int) async throws {
        var parts = Case()
        Self.unknowns[row](&parts)
        _ = try await judge(parts)
        let second = try await judge(parts)
        #expect(second.compilations == 1)
        #expect(second.use == CacheUse())
    }

    @Test(
        "When a compiler or a package is changed under a worker it takes nothing and keeps nothing",
        arguments: ["other", nil] as [String?])
    func outdated(contents: String?) async throws {
        let compiler = folder.path + "/compiler"
        try Data("old".utf8).write(to: URL(filePath: compiler))
        var parts = Case()
        parts.files = FileMarks([compiler])
        _ = try await judge(parts)
        #expect(try await judge(parts).compilations == 0)
        try FileManager.default.removeItem(atPath: compiler)
        if let contents { try Data(contents.utf8).write(to: URL(filePath: compiler)) }
        #expect(parts.files.changed == [compiler])
        #expect(try await judge(parts).compilations == 1)
        parts.sources.files[0].bytes = [7]
        _ = try await judge(parts)
        #expect(try folder.kept().count == 1)
    }

    @Test("When the machine was looked at again, what is compiled is kept by what there is now")
    func lookedAtAgain() async throws {
        let compiler = folder.path + "/compiler"
        try Data("old".utf8).write(to: URL(filePath: compiler))
        let surroundings = KnownSurroundings(
            CompileSurroundings(
                machine: CacheFolder.machine, system: "packages", files: FileMarks([compiler])))
        let cache = try folder.cache(surroundings)
        let slot = ScriptedSlot { call throws(SandboxError) in
            guard call.input == nil else { return .init(report: .exit(0), stdout: "1") }
            return .init(report: .exit(0), left: ["main": [1]])
        }
        func compilations() async throws -> Int {
            let before = await slot.calls.count { $0.input == nil }
            let judgement = try await Judge(compiled: cache).judge(
                JudgeTests.source, in: JudgeTests.cpp, problem: folder.problem, on: slot)
            #expect(judgement.verdict == .accepted)
            return await slot.calls.count { $0.input == nil } - before
        }
        #expect(try await compilations() == 1)
        #expect(try await compilations() == 0)
        try Data("newer".utf8).write(to: URL(filePath: compiler))
        #expect(surroundings.isOutdated)
        #expect(try await compilations() == 1)
        #expect(try folder.kept().count == 1)

        var machine = CacheFolder.machine
        machine.toolchains["cpp17"]?.digest = "another"
        surroundings.renew(
            CompileSurroundings(
                machine: machine, system: "packages", files: FileMarks([compiler])))
        #expect(!surroundings.isOutdated)
        #expect(try await compilations() == 1)
        #expect(try folder.kept().count == 2)
        #expect(try await compilations() == 0)
    }

    @Test(
        "A judging whose slot sees what there was before another looked takes nothing and keeps nothing"
    )
    func lookedAtByAnother() async throws {
        let surroundings = KnownSurroundings(
            CompileSurroundings(
                machine: CacheFolder.machine, system: "packages", files: FileMarks()))
        let judge = Judge(compiled: try folder.cache(surroundings))
        let slot = ScriptedSlot { call throws(SandboxError) in
            guard call.input == nil else { return .init(report: .exit(0), stdout: "1") }
            return .init(report: .exit(0), left: ["main": [1]])
        }
        let look = surroundings.renew(surroundings.known)
        for (seen, kept) in [(look - 1, 0), (look, 1), (look - 1, 1)] {
            let before = await slot.calls.count { $0.input == nil }
            let judgement = try await judge.seeing(look: seen).judge(
                JudgeTests.source, in: JudgeTests.cpp, problem: folder.problem, on: slot)
            #expect(judgement.verdict == .accepted)
            #expect(await slot.calls.count { $0.input == nil } == before + 1)
            #expect(try folder.kept().count == kept)
        }
        #expect(judge.compileCacheUse == CacheUse(hits: 0, misses: 1))
    }

    @Test("What was compiled before the machine was looked at again is not kept after it")
    func lookedAtMeanwhile() async throws {
        let surroundings = KnownSurroundings(
            CompileSurroundings(
                machine: CacheFolder.machine, system: "packages", files: FileMarks()))
        let slot = ScriptedSlot { call throws(SandboxError) in
            guard call.input == nil else { return .init(report: .exit(0), stdout: "1") }
            surroundings.renew(surroundings.known)
            return .init(report: .exit(0), left: ["main": [1]])
        }
        let judgement = try await Judge(compiled: try folder.cache(surroundings)).judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: folder.problem, on: slot)
        #expect(judgement.verdict == .accepted)
        #expect(try folder.kept() == [])
    }

    @Test("What was compiled while the compiler was changed is not kept")
    func outdatedMeanwhile() async throws {
        let compiler = folder.path + "/compiler"
        try Data("old".utf8).write(to: URL(filePath: compiler))
        let cache = try folder.cache(files: FileMarks([compiler]))
        let slot = ScriptedSlot { call throws(SandboxError) in
            guard call.input == nil else { return .init(report: .exit(0), stdout: "1") }
            try? Data("newer".utf8).write(to: URL(filePath: compiler))
            return .init(report: .exit(0), left: ["main": [1]])
        }
        let judgement = try await Judge(compiled: cache).judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: folder.problem, on: slot)
        #expect(judgement.verdict == .accepted)
        #expect(try folder.kept() == [])
    }

    @Test("A judging that is made anew takes nothing from what was compiled, and keeps nothing")
    func anew() async throws {
        _ = try await judge(Case())
        let slot = JudgeTests.slot(["1.in": "1"])
        let judge = Judge(compiled: try folder.cache())
        _ = try await judge.anew.judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: folder.problem, on: slot)
        #expect(await slot.calls.count { $0.input == nil } == 1)
        #expect(judge.compileCacheUse == CacheUse())
    }

    private static let damages: [@Sendable ([UInt8]) -> [UInt8]] = [
        { bytes in Array(bytes.dropLast()) }, { bytes in bytes + [0] },
        { bytes in bytes.dropLast() + [7] }, { _ in [] }, { bytes in [0] + bytes.dropFirst() },
        { bytes in Array(bytes.prefix(70)) },
    ]

    @Test("A damaged file is never used, and another takes its place", arguments: 0..<6)
    func damaged(row: Int) async throws {
        _ = try await judge(Case())
        let file = URL(filePath: folder.path + "/cache/programs").appending(
            path: try #require(folder.kept().first))
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
        let first = try #require(folder.kept().first)
        var other = Case()
        other.sources.files[0].bytes = Array("int main() {}".utf8)
        _ = try await judge(other)
        let second = try #require(folder.kept().first { $0 != first })
        let cache = URL(filePath: folder.path + "/cache/programs")
        try FileManager.default.removeItem(at: cache.appending(path: second))
        try FileManager.default.moveItem(
            at: cache.appending(path: first), to: cache.appending(path: second))
        #expect(try await judge(other).compilations == 1)
    }
}

extension ProblemLimits {
    fileprivate static func compiling(_ memory: ByteCount) -> ProblemLimits {
        var limits = ProblemLimits()
        limits.compilationMemory = memory
        return limits
    }

    fileprivate static func compiling(within time: Duration) -> ProblemLimits {
        var limits = ProblemLimits()
        limits.compilationTime = time
        return limits
    }
}
