import SandboxProtocol
import Sandboxing
import Units

/// A slot that runs nothing: a script answers each run from the request and the box's content.
actor ScriptedSlot: Slot {
    struct Call: Sendable {
        var request: RunRequest
        /// Path of the host file on standard input.
        var input: String?
        /// Bytes on standard input, where they are no file's.
        var bytes: [UInt8]
        /// Files by path; of host files the path.
        var box: [String: [UInt8]]
        var executables: Set<String>
    }

    /// What a run did: its report, what it printed, what it left in the box.
    struct Answer: Sendable {
        var report = RunReport(outcome: .exited)
        var stdout = ""
        var stderr: [UInt8] = []
        var left: [String: [UInt8]] = [:]
    }

    private let script: @Sendable (Call) throws(SandboxError) -> Answer
    private var box: [String: [UInt8]] = [:]
    private var executables: Set<String> = []
    private(set) var calls: [Call] = []
    private(set) var resets = 0
    /// The size of each folder that was made.
    private(set) var folders: [String: ByteCount] = [:]
    private let second: ScriptedSlot?
    private let gate: @Sendable (Call) async -> Void
    nonisolated let hasProcessorBeside: Bool
    private let isReset: @Sendable () -> Void

    /// - Parameters:
    ///   - reset: called when the box is replaced.
    ///   - companion: what answers runs of the companion; nil: it fails to open.
    ///   - gate: what each run waits for; one that is cancelled meanwhile fails.
    init(
        companion second: ScriptedSlot? = nil, hasProcessorBeside: Bool = false,
        reset: @escaping @Sendable () -> Void = {},
        gate: @escaping @Sendable (Call) async -> Void = { _ in },
        _ script: @escaping @Sendable (Call) throws(SandboxError) -> Answer
    ) {
        self.script = script
        self.gate = gate
        self.second = second
        self.hasProcessorBeside = hasProcessorBeside
        isReset = reset
    }

    func resetBox(size: ByteCount) {
        box = [:]
        executables = []
        folders = [:]
        resets += 1
        isReset()
    }

    func resetFolder(name: String, size: ByteCount, writable: Bool) {
        box = box.filter { !$0.key.hasPrefix(name + "/") }
        folders[name] = size
    }

    func measureFolder(name: String) -> ByteCount {
        box.filter { $0.key.hasPrefix(name + "/") }
            .reduce(.zero) { ByteCount($0.bytes + Int64($1.value.count)) }
    }

    func put(name: String, file path: String) throws(SandboxError) {
        try put(name: name, bytes: Array(path.utf8), executable: false)
    }

    func drop(name: String) { box[name] = nil }

    func watch() throws(SandboxError) -> RunWatch {
        throw SandboxError("a scripted slot runs nothing that could be watched")
    }

    func companion() throws(SandboxError) -> any Slot {
        guard let second else { throw SandboxError("there is no companion") }
        return second
    }

    func crew(of count: Int, onLan: Bool) throws(SandboxError) -> [any Slot] {
        throw SandboxError("there is no crew")
    }

    func connectCrew() {}

    func disconnectCrew() {}

    /// What is there is not replaced, as in a true box.
    func put(name: String, bytes: [UInt8], executable: Bool) throws(SandboxError) {
        guard box[name] == nil else { throw SandboxError("cannot open \(name): file exists") }
        box[name] = bytes
        if executable { executables.insert(name) }
    }

    func run(
        _ request: RunRequest, input: RunInput, stdout: RunOutput, stderr: RunOutput,
        channels: RunChannels
    ) async throws(SandboxError) -> RunResult {
        var path: String?
        var contents: [UInt8] = []
        switch input {
        case .file(let file): path = file
        case .bytes(let bytes): contents = bytes
        case .empty, .descriptor, .pipe: break
        }
        let call = Call(
            request: request, input: path, bytes: contents, box: box, executables: executables)
        calls.append(call)
        channels.close()
        await gate(call)
        if Task.isCancelled { throw SandboxError("the run was cancelled") }
        let answer = try script(call)
        box.merge(answer.left) { _, new in new }
        return RunResult(
            report: answer.report, stdout: Array(answer.stdout.utf8), stderr: answer.stderr)
    }

    func take(name: String, atMost limit: ByteCount) throws(SandboxError) -> [UInt8]? {
        guard let bytes = box[name] else { return nil }
        guard bytes.count <= limit.bytes else { throw SandboxError("\(name) is too large") }
        return bytes
    }

    func reopen() {}

    func close() {}
}

extension RunReport {
    static func exit(_ code: Int32, cpu: Duration = .milliseconds(1)) -> RunReport {
        var report = RunReport(outcome: .exited)
        report.exitCode = code
        report.cpuTime = cpu
        report.wallTime = cpu
        report.memoryPeak = .mebibytes(1)
        return report
    }

    static func ended(_ outcome: RunOutcome, signal: Int32? = 9) -> RunReport {
        var report = RunReport.exit(0)
        report.outcome = outcome
        report.exitCode = nil
        report.signal = signal
        return report
    }
}
