package import SandboxProtocol
package import Sandboxing
import Units

/// One run exactly as it went to a slot and came back.
package struct RecordedRun: Sendable {
    /// A file of `/box`.
    package struct BoxFile: Sendable {
        /// Below `/box`.
        package var name: String
        package var executable: Bool
        package var content: Content
    }

    package enum Content: Sendable {
        case bytes([UInt8])
        /// A file of the host.
        case file(String)
    }

    package var request: RunRequest
    package var box: [BoxFile]
    package var input: Content
    package var result: RunResult
    /// Number of the program, from 0.
    package var program = 0
    /// From 1.
    package var pass = 1
    /// Whether input, box and outputs are there; of very many and long runs only the last ones are.
    package var isWhole = true

    /// Bytes in memory.
    var size: Int {
        let contents = box.map(\.content) + [input]
        return contents.reduce(result.stdout.count + result.stderr.count) { sum, content in
            guard case .bytes(let bytes) = content else { return sum }
            return sum + bytes.count
        }
    }

    mutating func forget() {
        isWhole = false
        box = []
        input = .bytes([])
        result.stdout = []
        result.stderr = []
    }
}

/// Stands before a slot and writes into a log what runs there, with all that was put into its box; so do
/// its companion and its crew.
actor RecordingSlot: Slot {
    private let slot: any Slot
    private let log: RunLog
    /// Which of the submission's programs runs here; nil in a companion, where checkers run.
    private let program: Int?
    private var box: [String: RecordedRun.BoxFile] = [:]
    private var second: RecordingSlot?

    init(_ slot: any Slot, log: RunLog, program: Int? = 0) {
        self.slot = slot
        self.log = log
        self.program = program
    }

    func resetBox(size: ByteCount) async throws(SandboxError) {
        box = [:]
        try await slot.resetBox(size: size)
    }

    func resetFolder(name: String, size: ByteCount, writable: Bool) async throws(SandboxError) {
        box = box.filter { !$0.key.hasPrefix(name + "/") }
        try await slot.resetFolder(name: name, size: size, writable: writable)
    }

    func measureFolder(name: String) async throws(SandboxError) -> ByteCount {
        try await slot.measureFolder(name: name)
    }

    func put(name: String, bytes: [UInt8], executable: Bool) async throws(SandboxError) {
        box[name] = .init(name: name, executable: executable, content: .bytes(bytes))
        try await slot.put(name: name, bytes: bytes, executable: executable)
    }

    func put(name: String, file path: String) async throws(SandboxError) {
        box[name] = .init(name: name, executable: false, content: .file(path))
        try await slot.put(name: name, file: path)
    }

    func run(
        _ request: RunRequest, input: RunInput, stdout: RunOutput, stderr: RunOutput,
        channels: RunChannels
    ) async throws(SandboxError) -> RunResult {
        let files = box.values.sorted { $0.name < $1.name }
        let result = try await slot.run(
            request, input: input, stdout: stdout, stderr: stderr, channels: channels)
        let content: RecordedRun.Content =
            switch input {
            case .file(let path): .file(path)
            case .bytes(let bytes): .bytes(bytes)
            case .empty, .descriptor, .pipe: .bytes([])
            }
        log.add(
            RecordedRun(request: request, box: files, input: content, result: result),
            program: program)
        return result
    }

    func take(name: String, atMost limit: ByteCount) async throws(SandboxError) -> [UInt8]? {
        try await slot.take(name: name, atMost: limit)
    }

    func drop(name: String) async throws(SandboxError) {
        box[name] = nil
        try await slot.drop(name: name)
    }

    func watch() async throws(SandboxError) -> RunWatch { try await slot.watch() }

    func companion() async throws(SandboxError) -> any Slot {
        let companion = try await slot.companion()
        if let second, await second.stands(before: companion) { return second }
        let recording = RecordingSlot(companion, log: log, program: nil)
        second = recording
        return recording
    }

    private func stands(before other: any Slot) -> Bool { slot === other }

    /// Whoever asks for a crew fills its boxes.
    func crew(of count: Int, onLan: Bool) async throws(SandboxError) -> [any Slot] {
        try await slot.crew(of: count, onLan: onLan).enumerated().map { index, member in
            RecordingSlot(member, log: log, program: index)
        }
    }

    func connectCrew() async throws(SandboxError) { try await slot.connectCrew() }

    func disconnectCrew() async throws(SandboxError) { try await slot.disconnectCrew() }

    func reopen() async throws(SandboxError) {
        box = [:]
        try await slot.reopen()
    }

    /// Whoever opened the slot closes it.
    func close() async {}
}
