import JudgeCore
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// Runs one compiled program on one test after another.
struct TestRunner: TestRunning {
    let settings: JudgingSettings
    let program: Program
    /// What starts it, before a test's own arguments, and in what environment.
    let command: [String]
    let environment: [String]
    let language: Language
    let problem: Problem
    let timeLimit: Duration
    let timeAllowance: Double
    let checker: any Checker
    let testsBringFiles: Bool
    let meter: (any JudgingMeter)?

    var freesSlotEarly: Bool {
        checker.isInProcess && !problem.allowFileWriting && !testsBringFiles
            && problem.streams.inputFile == nil && problem.streams.outputFile == nil
    }

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
        try await run(test, on: slot, turn: nil)
    }

    func run(
        _ test: TestCase, on slot: any Slot, turn: Turn?
    ) async throws(JudgingError) -> TestResult {
        await turn?.wait()
        let request = request(test, stop: settings.fairTime.stop(for: timeLimit))
        var limits = request.limits
        limits.cpuTime = timeLimit
        let (run, before) = try await undisturbed(request, test, on: slot, turn)
        let isNear = settings.fairTime.isNear(run.report, limit: timeLimit)
        // A run near the limit is judged as if it were in time; whether it is comes after.
        if isNear { limits.cpuTime = max(timeLimit, run.report.cpuTime) }
        try checkPresence(request.arguments[0], of: language, run.report)
        // An executable that a compiler made can be such that no kernel starts it.
        let isSubmitted = request.arguments[0].hasPrefix("/box/")
        let early = try VerdictRule.decide(
            run.report, limits: limits, programIsSubmitted: isSubmitted)
        var (decision, file) = try await decide(run, early: early, of: test, on: slot)
        var samples = before + [TimeSample(run.report, .counted)]
        if isNear {
            if decision.verdict == .accepted {
                samples = try await repeated(
                    request, test, as: run, file: file, after: samples, on: slot)
            }
            limits.cpuTime = timeLimit
            var decided = run.report
            decided.cpuTime = samples.decidingTime ?? run.report.cpuTime
            if let late = try VerdictRule.decide(
                decided, limits: limits, programIsSubmitted: isSubmitted),
                late.verdict == .timeLimit
            {
                decision = late
            }
        }
        if samples.count > 1, decision.verdict == .timeLimit {
            decision.reason?.text += "; " + samples.text
        }
        var result = TestResult(
            name: test.name, group: test.group, verdict: decision.verdict,
            reason: decision.reason, cpuTime: samples.decidingTime ?? run.report.cpuTime,
            wallTime: run.report.wallTime,
            memoryPeak: run.report.memoryPeak, exitCode: run.report.exitCode,
            signal: run.report.signal, checkerMessage: decision.checkerMessage,
            teamMessage: decision.teamMessage, given: decision.given,
            outputs: kept(run, file: file, decision.verdict))
        if samples.count > 1 { result.samples = samples }
        return result
    }

    /// One run as every run of a test is made.
    private func execute(
        _ request: RunRequest, _ test: TestCase, on slot: any Slot, _ turn: Turn? = nil
    ) async throws(JudgingError) -> RunResult {
        try await fillAnew(slot, for: test)
        if let name = problem.streams.inputFile {
            try await sandboxed { () async throws(SandboxError) in
                try await slot.put(name: name, file: test.inputPath)
            }
        }
        let input = problem.streams.inputFile == nil ? RunInput.file(test.inputPath) : .empty
        var begun: (@Sendable () -> Void)?
        if let turn { begun = { turn.begin() } }
        let channels = RunChannels([], closed: begun)
        let run = try await sandboxed { () async throws(SandboxError) in
            try await slot.run(
                request, input: input, stdout: .captured, stderr: .captured,
                channels: channels)
        }
        tell(of: run.report)
        return run
    }

    /// The first run that was not disturbed, or the last that may be made; and those before it.
    private func undisturbed(
        _ request: RunRequest, _ test: TestCase, on slot: any Slot, _ turn: Turn?
    ) async throws(JudgingError) -> (RunResult, before: [TimeSample]) {
        var before: [TimeSample] = []
        while true {
            let run = try await execute(request, test, on: slot, turn)
            guard before.count < settings.fairTime.repeats,
                settings.fairTime.isDisturbed(run.report)
            else { return (run, before) }
            before.append(TimeSample(run.report, .disturbed))
        }
    }

    /// Makes a run again until its time is decided. One in time that does anything else than `first` ends this:
    /// then only those before it count.
    private func repeated(
        _ request: RunRequest, _ test: TestCase, as first: RunResult, file: [UInt8]?,
        after before: [TimeSample], on slot: any Slot
    ) async throws(JudgingError) -> [TimeSample] {
        var samples = before
        let rule = settings.fairTime
        while !rule.isDecided(
            samples, limit: timeLimit, left: max(0, rule.repeats + 1 - samples.count))
        {
            let run = try await execute(request, test, on: slot)
            if rule.isDisturbed(run.report) {
                samples.append(TimeSample(run.report, .disturbed))
                continue
            }
            // One that is late counts whatever it did: else being late and different were worth being in time.
            let isLate = run.report.cpuTime > timeLimit
            let isSame =
                if isLate { true } else {
                    try await isSame(run, as: first, file: file, on: slot)
                }
            samples.append(TimeSample(run.report, isSame ? .counted : .different))
            if !isSame { break }
        }
        return samples
    }

    /// Whether a run did what another did, or would have, had it not been stopped for its CPU time.
    private func isSame(
        _ run: RunResult, as first: RunResult, file: [UInt8]?, on slot: any Slot
    ) async throws(JudgingError) -> Bool {
        if run.report.outcome == .cpuTime { return true }
        guard run.report.outcome == first.report.outcome,
            run.report.exitCode == first.report.exitCode, run.stdout == first.stdout
        else { return false }
        guard let fileOutput else { return true }
        let content = try await fileOutput.content(after: run.report, early: nil, on: slot)
        guard case .bytes(let bytes) = content else { return false }
        return bytes == file
    }

    /// Tells of a run: not how long it took for whoever asked, who may have had to wait for another run in the slot.
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

    /// - Parameter stop: the CPU time at which the program is stopped, where that is beyond its limit.
    func request(_ test: TestCase, stop: Duration = .zero) -> RunRequest {
        let memory = problem.limits.memory
        let allowed = timeLimit * timeAllowance
        return RunRequest(
            arguments: command + test.arguments, environment: environment,
            boxWritable: problem.allowFileWriting, extraSyscalls: extraSyscalls(language),
            memoryWords: language.outOfMemory,
            limits: RunLimits(
                cpuTime: max(allowed, stop), wallTime: settings.wallLimit(for: allowed),
                memory: memory,
                processes: language.processes,
                openFiles: language.openFiles ?? settings.openFiles,
                fileSize: max(settings.fileSize, fileOutput?.sizeLimit ?? .zero),
                tmpSize: settings.tmpSize, output: problem.limits.output))
    }
}
