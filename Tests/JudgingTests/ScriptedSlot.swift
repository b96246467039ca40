import SandboxProtocol
import Sandboxing
import Units

/// A slot that runs nothing: a script answers each run from the request and the box's content.
actor ScriptedSlot: Slot {
    struct Call: Sendable {
        var request: RunRequest
        var input: String?
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

    init(_ script: @escaping @Sendable (Call) throws(SandboxError) -> Answer) {
        self.script = script
    }

    func resetBox(size: ByteCount) {
        box = [:]
        executables = []
        resets += 1
    }

    func put(name: String, bytes: [UInt8], executable: Bool) {
        box[name] = bytes
        if executable { executables.insert(name) }
    }

    func run(
        _ request: RunRequest, input: RunInput, stdout: RunOutput, stderr: RunOutput
    ) throws(SandboxError) -> RunResult {
        var path: String?
        if case .file(let file) = input { path = file }
        let call = Call(request: request, input: path, box: box, executables: executables)
        calls.append(call)
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
