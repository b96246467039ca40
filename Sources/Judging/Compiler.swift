import Glibc
import JudgeCore
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// A file that every test's `/box` holds.
struct ProgramFile: Sendable {
    var name: String
    var bytes: [UInt8]
    var executable: Bool
}

/// What is run once per test.
struct Program: Sendable {
    var files: [ProgramFile]
    var arguments: ArgumentTemplate
}

/// What the compiler left: a program, or the reason why there is none.
struct Compilation: Sendable {
    var result: CompileResult
    var program: Program?
    var reason: Reason?
}

/// Makes a program of sources, in the sandbox. A compiler is as hostile as the code it reads: all it
/// may leave are the products that the language names, and no more of them than `productSize`.
struct Compiler: Sendable {
    let settings: JudgingSettings
    /// What was compiled before is taken from there.
    var cache: CompileCache?

    /// - Returns: without a program when the sources do not compile within the limits.
    /// - Throws: `machine` when the compiler could not be run, `cancelled`.
    func compile(
        _ sources: SourceSet, in language: Language, limits: ProblemLimits, on slot: any Slot
    ) async throws(JudgingError) -> Compilation {
        let sources = sources.named(for: language)
        let arguments = ArgumentTemplate(sources, in: language)
        guard !language.compile.isEmpty else {
            let files = sources.files.map {
                ProgramFile(name: $0.name, bytes: $0.bytes, executable: false)
            }
            let result = CompileResult(ok: true, cpuTime: .zero, memoryPeak: .zero, output: "")
            return Compilation(
                result: result, program: Program(files: files, arguments: arguments))
        }
        let key = await cache?.key(
            of: sources, arguments, in: language, settings, limits, on: slot)
        if let key, let kept = cache?.find(key) {
            return Compilation(
                result: kept.result, program: Program(files: kept.files, arguments: arguments))
        }
        let compilation = try await compileAnew(
            sources, arguments, in: language, limits: limits, on: slot)
        // That there is none may be the fault of a machine that is well again the next time.
        if let key, let program = compilation.program {
            cache?.keep(
                KeptCompilation(result: compilation.result, files: program.files), for: key)
        }
        return compilation
    }

    /// With a precompiled header where there is one. That sources do not compile with it is not believed: then
    /// they are compiled without, so that verdict and messages are the compiler's own.
    private func compileAnew(
        _ sources: SourceSet, _ arguments: ArgumentTemplate, in language: Language,
        limits: ProblemLimits, on slot: any Slot
    ) async throws(JudgingError) -> Compilation {
        let header = try await cache?.header(for: sources, in: language, settings) {
            (header, command) async throws(JudgingError) in
            try await precompile(header, by: command, in: language, on: slot)
        }
        guard let header else {
            return try await compileOnce(
                sources, arguments, in: language, limits: limits, with: nil, on: slot)
        }
        let first = try await compileOnce(
            sources, arguments, in: language, limits: limits, with: header, on: slot)
        guard first.program == nil else { return first }
        let second = try await compileOnce(
            sources, arguments, in: language, limits: limits, with: nil, on: slot)
        if first.reason?.code == .compilerFailed, second.program != nil {
            cache?.distrust(header)
        }
        return second
    }

    /// - Parameter header: done without where it cannot be put into the box.
    private func compileOnce(
        _ sources: SourceSet, _ arguments: ArgumentTemplate, in language: Language,
        limits: ProblemLimits,
        with header: PrecompiledHeader?, on slot: any Slot
    ) async throws(JudgingError) -> Compilation {
        try await sandboxed { () async throws(SandboxError) in
            let more = ByteCount(Int64(header?.size ?? 0))
            try await slot.resetBox(size: ByteCount(settings.boxSize.bytes + more.bytes))
            for file in sources.files {
                try await slot.put(name: file.name, bytes: file.bytes, executable: false)
            }
        }
        var headers: String?
        if let header {
            // It may have been removed meanwhile.
            let put: Void? = try? await slot.put(
                name: "\(Self.headerFolder)/\(header.header).gch", file: header.path)
            headers = put.map { Self.headerFolder }
        }
        var compilation = try await run(
            steps: arguments, of: language, limits: limits, headers: headers, on: slot)
        if compilation.reason == nil {
            try await takeProducts(
                of: sources, language: language, arguments: arguments, into: &compilation, slot)
        }
        compilation.result.ok = compilation.program != nil
        return compilation
    }

    /// One command after another up to the first that fails; what they use counts together.
    private func run(
        steps arguments: ArgumentTemplate, of language: Language, limits: ProblemLimits,
        headers: String?, on slot: any Slot
    ) async throws(JudgingError) -> Compilation {
        let memory = limits.compilationMemory
        var compilation = Compilation(
            result: CompileResult(ok: false, cpuTime: .zero, memoryPeak: .zero, output: ""))
        for step in language.compileSteps {
            var left = limits
            left.compilationTime = max(
                limits.compilationTime - compilation.result.cpuTime, .milliseconds(1))
            let request = request(
                arguments.fill(step, memory: memory, headers: headers),
                environment: settings.environment + arguments.environment(memory: memory),
                extraSyscalls: extraSyscalls(language), limits: left)
            let run = try await sandboxed { () async throws(SandboxError) in
                try await slot.run(request, input: .empty, stdout: .captured, stderr: .captured)
            }
            try checkPresence(request.arguments[0], of: language, run.report)
            compilation.result.cpuTime += run.report.cpuTime
            compilation.result.memoryPeak = max(
                compilation.result.memoryPeak, run.report.memoryPeak)
            compilation.result.output = keptText(
                Array(compilation.result.output.utf8) + run.stdout + run.stderr,
                atMost: settings.compilerOutputKept)
            compilation.reason = try compilationFailure(run.report, limits: request.limits)
            if compilation.reason != nil { break }
        }
        return compilation
    }

    /// Below `/box`; no submitted file can be called like that.
    private static let headerFolder = ".judge"

    // What a precompiled header may take: one of g++ with optimization has 100 MB.
    private static let headerSize = ByteCount.mebibytes(512)
    private static let headerTime = Duration.seconds(60)

    /// - Returns: nil where the compiler does not make it.
    private func precompile(
        _ header: String, by command: [String], in language: Language, on slot: any Slot
    ) async throws(JudgingError) -> [UInt8]? {
        try await sandboxed { () async throws(SandboxError) in
            try await slot.resetBox(size: Self.headerSize)
            try await slot.put(
                name: "header.h", bytes: Array("#include <\(header)>\n".utf8), executable: false)
        }
        var limits = ProblemLimits()
        limits.compilationTime = Self.headerTime
        var request = request(
            command.map { argument in
                switch argument {
                case "{header}": "header.h"
                case "{precompiled}": "header.gch"
                default: argument
                }
            },
            environment: settings.environment
                + ArgumentTemplate(SourceSet(files: []), in: language)
                .environment(memory: limits.compilationMemory),
            extraSyscalls: extraSyscalls(language), limits: limits)
        request.limits.fileSize = Self.headerSize
        let fixed = request
        let run = try await sandboxed { () async throws(SandboxError) in
            try await slot.run(fixed, input: .empty, stdout: .captured, stderr: .captured)
        }
        guard run.report.outcome == .exited, run.report.exitCode == 0 else { return nil }
        return try await sandboxed { () async throws(SandboxError) in
            try await slot.take(name: "header.gch", atMost: Self.headerSize)
        }
    }

    /// A run that may write into the box, under the limits of a compilation.
    func request(
        _ arguments: [String], environment: [String], extraSyscalls: Set<ExtraSyscalls> = [],
        limits: ProblemLimits
    ) -> RunRequest {
        RunRequest(
            arguments: arguments, environment: environment, boxWritable: true,
            extraSyscalls: extraSyscalls,
            limits: RunLimits(
                cpuTime: limits.compilationTime,
                wallTime: limits.compilationTime * settings.compileWallFactor,
                memory: limits.compilationMemory, processes: settings.compileProcesses,
                openFiles: settings.compileOpenFiles, fileSize: settings.productSize,
                tmpSize: settings.compileTmpSize, output: settings.compileOutput))
    }

    /// Reads the declared products out of the box; sources that are products are those submitted,
    /// whatever the compiler did to them.
    private func takeProducts(
        of sources: SourceSet, language: Language, arguments: ArgumentTemplate,
        into compilation: inout Compilation, _ slot: any Slot
    ) async throws(JudgingError) {
        var files: [ProgramFile] = []
        var size: Int64 = 0
        for name in language.products where name != "{sources}" {
            let product = arguments.fill([name], memory: .zero)[0]
            let taken = try await sandboxed { () async throws(SandboxError) in
                try await slot.take(name: product, atMost: settings.productSize)
            }
            guard let bytes = taken else {
                compilation.reason = Reason(
                    .compilerFailed, "the compiler left no file called \(product)")
                return
            }
            size += Int64(bytes.count)
            guard size <= settings.productSize.bytes else {
                compilation.reason = Reason(
                    .compileOutputLimit,
                    "the compiled program has more than \(settings.productSize)")
                return
            }
            files.append(ProgramFile(name: product, bytes: bytes, executable: true))
        }
        if language.products.contains("{sources}") {
            files += sources.files.map {
                ProgramFile(name: $0.name, bytes: $0.bytes, executable: false)
            }
        }
        compilation.program = Program(files: files, arguments: arguments)
    }
}

/// Says of a program of the host that could not be started because there is none how it gets there.
///
/// - Throws: `machine`.
func checkPresence(
    _ path: String, of language: Language, _ report: RunReport
) throws(JudgingError) {
    guard report.execErrno == ENOENT, language.hostPrograms.contains(path) else { return }
    throw .machine(
        "\(language.name) is not installed here; \(language.mend(missing: [path]))")
}

/// Why a compilation failed; nil when it did not.
func compilationFailure(
    _ report: RunReport, limits: RunLimits
) throws(JudgingError) -> Reason? {
    switch report.outcome {
    case .setupFailed:
        throw .machine(setupFailure(report))
    case .cpuTime:
        return Reason(.compileTimeLimit, cpuTimeText(report, limits))
    case .wallTime, .idle:
        return Reason(.compileTimeLimit, wallTimeText(report, limits))
    case .memory:
        return Reason(.compileMemoryLimit, memoryText(report, limits))
    case .output:
        return Reason(.compileOutputLimit, outputText(report, limits))
    case .processes:
        return Reason(.compilerFailed, processText(limits))
    case .exited, .signaled:
        break
    }
    if let code = report.exitCode, code == 0 { return nil }
    if report.oomKills > 0 { return Reason(.compileMemoryLimit, memoryText(report, limits)) }
    return Reason(.compilerFailed, "the compiler " + endText(report))
}
