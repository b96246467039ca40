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
        let arguments = ArgumentTemplate(sources, in: language)
        guard !language.compile.isEmpty else {
            let files = sources.files.map {
                ProgramFile(name: $0.name, bytes: $0.bytes, executable: false)
            }
            let result = CompileResult(ok: true, cpuTime: .zero, memoryPeak: .zero, output: "")
            return Compilation(
                result: result, program: Program(files: files, arguments: arguments))
        }
        let command = arguments.fill(language.compile, memory: limits.compilationMemory)
        let key = cache?.key(of: sources, in: language, command: command, settings, limits)
        if let key, let kept = cache?.find(key) {
            return Compilation(
                result: kept.result, program: Program(files: kept.files, arguments: arguments))
        }
        try await sandboxed { () async throws(SandboxError) in
            try await slot.resetBox(size: settings.boxSize)
            for file in sources.files {
                try await slot.put(name: file.name, bytes: file.bytes, executable: false)
            }
        }
        let request = request(
            command, environment: settings.environment + language.environment,
            extraSyscalls: extraSyscalls(language), limits: limits)
        let run = try await sandboxed { () async throws(SandboxError) in
            try await slot.run(request, input: .empty, stdout: .captured, stderr: .captured)
        }
        var compilation = Compilation(result: result(of: run))
        if let reason = try compilationFailure(run.report, limits: request.limits) {
            compilation.reason = reason
        } else {
            try await takeProducts(
                of: sources, language: language, arguments: arguments, into: &compilation, slot)
        }
        compilation.result.ok = compilation.program != nil
        // That there is none may be the fault of a machine that is well again the next time.
        if let key, let program = compilation.program {
            cache?.keep(
                KeptCompilation(result: compilation.result, files: program.files), for: key)
        }
        return compilation
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

    private func result(of run: RunResult) -> CompileResult {
        CompileResult(
            ok: false, cpuTime: run.report.cpuTime, memoryPeak: run.report.memoryPeak,
            output: keptText(run.stdout + run.stderr, atMost: settings.compilerOutputKept))
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
