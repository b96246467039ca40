import JudgeCore
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// Runs one compiled program on one test after another.
struct TestRunner: TestRunning {
    let settings: JudgingSettings
    let program: Program
    let language: Language
    let problem: Problem
    let timeLimit: Duration
    let timeAllowance: Double
    let checker: any Checker
    let testsBringFiles: Bool
    let meter: (any JudgingMeter)?

    /// Fills `/box` with the program. Runs cannot change it, unless the package lets them write
    /// files; then, and when a test brings files of its own, it is filled anew before each.
    func prepare(_ slot: any Slot) async throws(JudgingError) {
        try await fill(slot, with: [])
        try await checker.prepare(slot)
    }

    /// A test's files, and the one that holds the input, take the place of whatever has their name.
    func fill(_ slot: any Slot, with files: [PackageFile]) async throws(JudgingError) {
        var contents: [(name: String, bytes: [UInt8])] = []
        for file in files {
            contents.append((file.name, try MappedFile(path: file.path).withBytes { Array($0) }))
        }
        let names = Set(files.map(\.name) + [problem.streams.inputFile].compactMap(\.self))
        let fixed = contents
        try await sandboxed { () async throws(SandboxError) in
            try await slot.resetBox(size: settings.boxSize)
            for file in program.files where !names.contains(file.name) {
                try await slot.put(
                    name: file.name, bytes: file.bytes, executable: file.executable)
            }
            for file in fixed {
                try await slot.put(name: file.name, bytes: file.bytes, executable: false)
            }
        }
    }

    /// Fills the box where the last run could have changed it, or a test brings files of its own.
    func fillAnew(_ slot: any Slot, for test: TestCase) async throws(JudgingError) {
        guard problem.allowFileWriting || testsBringFiles else { return }
        try await fill(slot, with: test.files)
    }

    func run(_ test: TestCase, on slot: any Slot) async throws(JudgingError) -> TestResult {
        try await fillAnew(slot, for: test)
        if let name = problem.streams.inputFile {
            try await sandboxed { () async throws(SandboxError) in
                try await slot.put(name: name, file: test.inputPath)
            }
        }
        let request = request(test)
        let input = problem.streams.inputFile == nil ? RunInput.file(test.inputPath) : .empty
        let start = ContinuousClock.now
        let run = try await sandboxed { () async throws(SandboxError) in
            try await slot.run(
                request, input: input, stdout: .captured, stderr: .captured)
        }
        meter?.ran(
            setup: run.report.setupTime, oomKills: run.report.oomKills,
            took: start.duration(to: .now))
        var limits = request.limits
        limits.cpuTime = timeLimit
        // An executable that a compiler made can be such that no kernel starts it.
        let isSubmitted = request.arguments[0].hasPrefix("/box/")
        let early = try VerdictRule.decide(
            run.report, limits: limits, programIsSubmitted: isSubmitted)
        let (decision, file) = try await decide(run, early: early, of: test, on: slot)
        return TestResult(
            name: test.name, group: test.group, verdict: decision.verdict,
            reason: decision.reason, cpuTime: run.report.cpuTime, wallTime: run.report.wallTime,
            memoryPeak: run.report.memoryPeak, exitCode: run.report.exitCode,
            signal: run.report.signal, checkerMessage: decision.checkerMessage,
            teamMessage: decision.teamMessage, given: decision.given,
            outputs: kept(run, file: file, decision.verdict))
    }

    /// Tells of a run that was one side of a conversation, or one pass.
    func tell(of report: RunReport) {
        meter?.ran(
            setup: report.setupTime, oomKills: report.oomKills,
            took: report.setupTime + report.wallTime)
    }

    /// As it stands, or as the checker says of what the run wrote; with the file that was judged in
    /// place of standard output.
    private func decide(
        _ run: RunResult, early: Decision?, of test: TestCase, on slot: any Slot
    ) async throws(JudgingError) -> (Decision, file: [UInt8]?) {
        guard let fileOutput else {
            if let early { return (early, nil) }
            return (try await check(run.stdout, of: test, on: slot), nil)
        }
        switch try await fileOutput.content(after: run.report, early: early, on: slot) {
        case .decided(let decision): return (decision, nil)
        case .bytes(let bytes):
            return (try await check(bytes, of: test, on: slot), bytes)
        }
    }

    private func check(
        _ output: [UInt8], of test: TestCase, on slot: any Slot
    ) async throws(JudgingError) -> Decision {
        let opinion = try await metered(meter?.checked) { () async throws(JudgingError) in
            try await checker.check(output, of: test, on: slot)
        }
        return VerdictRule.decide(opinion)
    }

    /// What is kept of what a run wrote; streams to which nothing was written are left out.
    func kept(_ run: RunResult, file: [UInt8]? = nil, _ verdict: Verdict) -> [KeptOutput] {
        guard settings.outputs.admits(verdict) else { return [] }
        let written: [(KeptOutput.Stream, [UInt8])] = [
            (.stdout, run.stdout), (.stderr, run.stderr), (.file, file ?? []),
        ]
        return written.filter { !$0.1.isEmpty }.map { stream, bytes in
            KeptOutput(stream, bytes, atMost: settings.outputs.each)
        }
    }

    private var fileOutput: FileOutput? {
        problem.streams.outputFile.map { FileOutput(name: $0, limit: problem.limits.output) }
    }

    func request(_ test: TestCase) -> RunRequest {
        let memory = problem.limits.memory
        let allowed = timeLimit * timeAllowance
        return RunRequest(
            arguments: program.arguments.fill(language.run, memory: memory) + test.arguments,
            environment: settings.environment + language.environment,
            boxWritable: problem.allowFileWriting, extraSyscalls: extraSyscalls(language),
            limits: RunLimits(
                cpuTime: allowed, wallTime: settings.wallLimit(for: allowed), memory: memory,
                processes: language.processes, openFiles: settings.openFiles,
                fileSize: max(settings.fileSize, fileOutput?.sizeLimit ?? .zero),
                tmpSize: settings.tmpSize, output: problem.limits.output))
    }
}
