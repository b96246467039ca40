import JudgeCore
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// A validator of a package, ready to be asked.
struct Validator: Sendable {
    /// Below the package: `output_validators/check`.
    var path: String
    var program: ValidatorProgram
}

/// Makes programs of the validators that a package brings along.
///
/// A package's author is trusted no more than a submitter: compilers and build scripts run in the
/// sandbox, in the companion's box, under the package's compilation limits.
struct ValidatorBuilder: Sendable {
    enum Outcome {
        case built(Validator)
        /// The package's fault.
        case failed(String)
    }

    let settings: JudgingSettings
    let languages: [Language]
    let problem: Problem
    let cache: ValidatorCache
    let compiled: CompileCache?
    /// What messages call the program.
    var title = "the output validator"

    /// - Throws: `machine` when the compiler could not be run, `cancelled`.
    func build(
        _ package: PackageProgram, on slot: any Slot
    ) async throws(JudgingError) -> Outcome {
        let plan: Plan
        switch try self.plan(package) {
        case .success(let made): plan = made
        case .failure(let fault):
            return .failed("\(title) \(package.path) \(fault.text)")
        }
        if case .found(let made) = try await cache.claim(plan.key) {
            switch made {
            case .program(let program):
                return .built(Validator(path: package.path, program: program))
            case .failure(let why): return .failed("\(title) \(package.path) \(why)")
            }
        }
        let outcome: Result<ValidatorProgram, Fault>
        do throws(JudgingError) {
            outcome = try await make(plan, on: slot)
        } catch {
            await cache.finish(plan.key, with: nil)
            throw error
        }
        switch outcome {
        case .success(let program):
            await cache.finish(plan.key, with: .program(program))
            return .built(Validator(path: package.path, program: program))
        case .failure(let fault):
            await cache.finish(plan.key, with: fault.isLasting ? .failure(fault.text) : nil)
            return .failed("\(title) \(package.path) \(fault.text)")
        }
    }

    // MARK: - What is to be made

    private struct Fault: Error {
        var text: String
        /// Whether the same files may well come to the same: they do not compile, and no limit stopped the
        /// compiler.
        var isLasting = false
    }

    private struct Plan {
        var sources: SourceSet
        /// nil for scripts.
        var language: Language?
        var key: ValidatorKey
    }

    private func plan(_ package: PackageProgram) throws(JudgingError) -> Result<Plan, Fault> {
        var files: [SourceFile] = []
        for file in package.files {
            do throws(JudgingError) {
                let bytes = try SourceSet.read(file.path, constants: problem.constants)
                files.append(SourceFile(name: file.name, bytes: bytes))
            } catch {
                guard case .refused(let why) = error else { throw error }
                return .failure(Fault(text: "cannot be read: \(why)"))
            }
        }
        let sources = SourceSet(files: files)
        var language: Language?
        if !package.hasScripts {
            do throws(LanguageError) {
                language = try self.language(of: package, files)
            } catch {
                return .failure(Fault(text: "cannot be compiled: \(error)"))
            }
        }
        let key = ValidatorKey(
            names: files.map(\.name), contents: files.map(\.bytes),
            command: language.map(Self.words) ?? [],
            environment: settings.environment + (language?.environment ?? []),
            compilationTime: problem.limits.compilationTime,
            compilationMemory: problem.limits.compilationMemory,
            validationMemory: problem.limits.validationMemory)
        return .success(Plan(sources: sources, language: language, key: key))
    }

    /// All that a language makes of sources and memory.
    private static func words(_ language: Language) -> [String] {
        let lists = language.compileSteps + [language.products, language.run]
        return lists.flatMap { $0 + ["\u{0}"] } + ["\(language.baseMemory?.bytes ?? 0)"]
    }

    /// As the package states it, or as its files show it.
    private func language(
        of package: PackageProgram, _ files: [SourceFile]
    ) throws(LanguageError) -> Language {
        guard let wish = package.language else {
            return try Language.detect(files: files, among: languages)
        }
        var language = try Language.fitting(wish, among: languages)
        // For headers of the package's that are included like the system's.
        language.environment.append("CPATH=/box")
        return language
    }

    private func make(
        _ plan: Plan, on slot: any Slot
    ) async throws(JudgingError) -> Result<ValidatorProgram, Fault> {
        let companion = try await sandboxed { () async throws(SandboxError) in
            try await slot.companion()
        }
        guard let language = plan.language else {
            return try await script(plan, on: companion)
        }
        return try await compile(plan.sources, in: language, on: companion)
    }

    // MARK: - Compiling

    private func compile(
        _ sources: SourceSet, in language: Language, on companion: any Slot
    ) async throws(JudgingError) -> Result<ValidatorProgram, Fault> {
        let compilation = try await Compiler(settings: settings, cache: compiled).compile(
            sources, in: language, limits: problem.limits, on: companion)
        guard let program = compilation.program else {
            let why = compilation.reason?.text ?? "nobody knows why"
            return .failure(
                Fault(
                    text: "does not compile: \(why)" + words(compilation.result.output),
                    isLasting: compilation.reason?.code == .compilerFailed))
        }
        var arguments = program.arguments
        let memory = problem.limits.validationMemory
        // Whatever the working directory is.
        if language.entryRule == .file { arguments.entry = "/box/" + arguments.entry }
        return .success(
            ValidatorProgram(
                files: program.files,
                command: arguments.fill(language.run, memory: memory),
                environment: settings.environment + arguments.environment(memory: memory),
                extraSyscalls: extraSyscalls(language),
                processes: max(language.processes, settings.validatorProcesses),
                openFiles: language.openFiles))
    }

    // MARK: - Scripts

    /// Runs `build`, when there is one, and keeps all that is in the box then.
    private func script(
        _ plan: Plan, on companion: any Slot
    ) async throws(JudgingError) -> Result<ValidatorProgram, Fault> {
        // Some archives lose the right to execute; any file may be called by the scripts.
        let files = plan.sources.files.map {
            ProgramFile(name: $0.name, bytes: $0.bytes, executable: true)
        }
        var program = ValidatorProgram(
            files: files, command: ["/box/run"], environment: settings.environment,
            processes: settings.validatorProcesses)
        guard files.contains(where: { $0.name == "build" }) else { return .success(program) }

        try await sandboxed { () async throws(SandboxError) in
            try await companion.resetBox(size: settings.boxSize)
            for file in files {
                try await companion.put(name: file.name, bytes: file.bytes, executable: true)
            }
        }
        let request = Compiler(settings: settings).request(
            ["/box/build"], environment: settings.environment, limits: problem.limits)
        let run = try await sandboxed { () async throws(SandboxError) in
            try await companion.run(request, input: .empty, stdout: .captured, stderr: .captured)
        }
        if let why = try buildFailure(run.report, limits: request.limits) {
            let output = keptText(
                run.stderr + run.stdout, atMost: settings.compilerOutputKept)
            return .failure(
                Fault(
                    text: "does not build: its script build \(why)" + words(output),
                    isLasting: run.report.exitCode != nil && run.report.oomKills == 0))
        }
        let product = try await sandboxed { () async throws(SandboxError) in
            try await companion.take(name: "run", atMost: settings.boxSize)
        }
        guard product != nil else {
            return .failure(Fault(text: "does not build: its script build left no program run"))
        }
        var packing = request
        packing.arguments = ["tar", "-c", "-f", "-", "-C", "/box", "."]
        packing.boxWritable = false
        packing.limits.output = settings.productSize
        let pack = packing
        let packed = try await sandboxed { () async throws(SandboxError) in
            try await companion.run(pack, input: .empty, stdout: .captured, stderr: .captured)
        }
        if packed.report.outcome == .output {
            return .failure(
                Fault(text: "does not build: it left more than \(settings.productSize)"))
        }
        if let why = try buildFailure(packed.report, limits: pack.limits) {
            return .failure(Fault(text: "does not build: packing what it left failed: tar \(why)"))
        }
        program.files = []
        program.archive = packed.stdout
        return .success(program)
    }

    private func buildFailure(
        _ report: RunReport, limits: RunLimits
    ) throws(JudgingError) -> String? {
        if report.execErrno != nil { return "could not be started: " + setupFailure(report) }
        guard let reason = try compilationFailure(report, limits: limits) else { return nil }
        let endedByItself = report.outcome == .exited || report.outcome == .signaled
        return reason.code == .compilerFailed && endedByItself ? endText(report) : reason.text
    }

    /// The line of a compiler's output that says most, quoted.
    private func words(_ output: String) -> String {
        let lines = output.split(whereSeparator: \.isNewline)
        guard let line = lines.first(where: { $0.contains("rror") }) ?? lines.first else {
            return ""
        }
        return ": \(checkerText(Array(line.utf8), atMost: ByteCount(300)))"
    }
}
