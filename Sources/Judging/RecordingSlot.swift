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
}

/// Stands before a slot and remembers the last run there with all that was put into its box.
///
/// What companions and crews do is not remembered: a checker's runs are not the submission's.
actor RecordingSlot: Slot {
    private let slot: any Slot
    private var box: [String: RecordedRun.BoxFile] = [:]
    private(set) var last: RecordedRun?

    init(_ slot: any Slot) {
        self.slot = slot
    }

    func resetBox(size: ByteCount) async throws(SandboxError) {
        box = [:]
        try await slot.resetBox(size: size)
    }

    func resetFolder(name: String, size: ByteCount, writable: Bool) async throws(SandboxError) {
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
        let result = try await slot.run(
            request, input: input, stdout: stdout, stderr: stderr, channels: channels)
        let content: RecordedRun.Content =
            switch input {
            case .file(let path): .file(path)
            case .bytes(let bytes): .bytes(bytes)
            case .empty, .descriptor, .pipe: .bytes([])
            }
        last = RecordedRun(
            request: request, box: box.values.sorted { $0.name < $1.name }, input: content,
            result: result)
        return result
    }

    func take(name: String, atMost limit: ByteCount) async throws(SandboxError) -> [UInt8]? {
        try await slot.take(name: name, atMost: limit)
    }

    func drop(name: String) async throws(SandboxError) { try await slot.drop(name: name) }

    func watch() async throws(SandboxError) -> RunWatch { try await slot.watch() }

    func companion() async throws(SandboxError) -> any Slot { try await slot.companion() }

    func crew(of count: Int, onLan: Bool) async throws(SandboxError) -> [any Slot] {
        try await slot.crew(of: count, onLan: onLan)
    }

    func connectCrew() async throws(SandboxError) { try await slot.connectCrew() }

    func disconnectCrew() async throws(SandboxError) { try await slot.disconnectCrew() }

    /// Whoever opened the slot closes it.
    func close() async {}
}
