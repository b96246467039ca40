import JudgeCore
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// The file that a run leaves to be judged, where a package has submissions write to one.
struct FileOutput: Sendable {
    /// The signal of a file that grew beyond its limit.
    private static let fileTooLarge: Int32 = 25

    let name: String
    let limit: ByteCount

    /// What one file of a run may hold, so that what was too much can be seen.
    var sizeLimit: ByteCount { ByteCount(limit.bytes + tmpfsPage) }

    enum Content {
        case bytes([UInt8])
        /// The verdict without a checker: the file is too long, or there is none.
        case decided(Decision)
    }

    /// - Parameter early: the verdict of the run as far as it stands; a run that wrote too much was
    ///   ended by a signal.
    func content(
        after report: RunReport, early: Decision?, on slot: any Slot
    ) async throws(JudgingError) -> Content {
        if let early, report.signal != Self.fileTooLarge || early.verdict != .runTimeError {
            return .decided(early)
        }
        let taken = try await sandboxed { () async throws(SandboxError) in
            try await slot.take(name: name, atMost: sizeLimit)
        }
        let size = ByteCount(Int64(taken?.count ?? 0))
        if size > limit {
            let text = "wrote more than \(limit) into \(name)"
            return .decided(Decision(.outputLimit, Reason(.outputLimit, text)))
        }
        if let early { return .decided(early) }
        guard let bytes = taken else {
            let text = "left no file \(name)"
            return .decided(Decision(.wrongAnswer, Reason(.wrongOutput, text)))
        }
        return .bytes(bytes)
    }
}
