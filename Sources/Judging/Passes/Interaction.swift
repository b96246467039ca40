import JudgeCore
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// One pass of an interactive problem: the submission in the slot and the validator in its companion,
/// who talk to each other.
struct Interaction: Sendable {
    let settings: JudgingSettings
    let problem: Problem
    let timeLimit: Duration

    /// Holds the conversation.
    ///
    /// - Parameters:
    ///   - program: the submission's run, whose wall limit is what it may take by itself.
    ///   - validator: the interactor's run; what it may take by the clock is seen to here, because
    ///     waiting for the submission does not count.
    func hold(
        _ program: RunRequest, on slot: any Slot, with validator: RunRequest,
        on companion: any Slot
    ) async throws(JudgingError) -> ConversationResult {
        var (program, validator) = (program, validator)
        let own = program.limits.wallTime
        let patience = validator.limits.wallTime
        // The sandbox's own limits stand behind those of the conversation.
        program.limits.wallTime = own + patience + .seconds(10)
        validator.limits.wallTime = own + patience * 2 + .seconds(20)
        let conversation = Conversation(
            programs: [ConversationParty(slot: slot, request: program)],
            interactor: ConversationParty(slot: companion, request: validator),
            at: .standardStreams,
            rules: Conversation.Rules(
                programTime: own, interactorTime: patience, recordKept: settings.transcriptKept,
                isSettled: { InteractionRule.isSettled($0, wasTold: $1) }))
        return try await sandboxed { () async throws(SandboxError) in
            try await conversation.hold()
        }
    }
}

extension Transcript {
    /// - Parameter pass: its number, where there may be several.
    init(_ record: ConversationRecord, pass: Int?) {
        self.init()
        if let pass { note("pass \(pass)", at: .zero) }
        for entry in record.head { add(entry) }
        if record.leftOut > 0 {
            note("\(record.leftOut) bytes are left out here", at: record.tail.first?.time ?? .zero)
        }
        for entry in record.tail { add(entry) }
    }

    private mutating func note(_ text: String, at time: Duration) {
        lines.append(Line(time: time, speaker: "judge", text: text))
    }

    private mutating func add(_ entry: ConversationRecord.Entry) {
        let speaker = entry.isFromInteractor ? "interactor" : "submission"
        guard !entry.isEnd else { return note("the \(speaker) says nothing more", at: entry.time) }
        var parts = entry.bytes.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // Behind the last line end is nothing, or a line that is not finished.
        let rest = parts.removeLast()
        for part in parts {
            lines.append(
                Line(
                    time: entry.time, speaker: speaker, text: String(decoding: part, as: UTF8.self))
            )
        }
        guard !rest.isEmpty else { return }
        let text = String(decoding: rest, as: UTF8.self) + " [no line end]"
        lines.append(Line(time: entry.time, speaker: speaker, text: text))
    }
}
