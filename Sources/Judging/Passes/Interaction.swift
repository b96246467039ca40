import JudgeCore
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// Conversations with a package's validator: one program of a submission, or several at one time.
struct Interaction: Sendable {
    let settings: JudgingSettings
    let meter: (any JudgingMeter)?

    /// Holds one.
    ///
    /// - Parameters:
    ///   - programs: the submission's runs, whose wall limit is what each may take by itself. They may
    ///     share one processor.
    ///   - validator: the interactor's run; what it may take by the clock is seen to here, because
    ///     waiting for the submission does not count.
    ///   - isSettled: whether nothing that the programs still do can count, by the interactor's report
    ///     and by whether it had been told of a program's end.
    func hold(
        _ programs: [ConversationParty], with validator: RunRequest, on companion: any Slot,
        at places: Conversation.Places,
        isSettled: @escaping @Sendable (RunReport, Bool) -> Bool = {
            InteractionRule.isSettled($0, wasTold: $1)
        }
    ) async throws(JudgingError) -> ConversationResult {
        var (programs, validator) = (programs, validator)
        let own = (programs.map(\.request.limits.wallTime).max() ?? .zero) * programs.count
        let patience = validator.limits.wallTime
        // The sandbox's own limits stand behind those of the conversation.
        for index in programs.indices {
            programs[index].request.limits.wallTime = own + patience + .seconds(10)
        }
        validator.limits.wallTime = own + patience * 2 + .seconds(20)
        let conversation = Conversation(
            programs: programs,
            interactor: ConversationParty(slot: companion, request: validator), at: places,
            rules: Conversation.Rules(
                programTime: own, interactorTime: patience,
                recordKept: meter?.recordKept ?? settings.transcriptKept,
                isSettled: isSettled))
        let result = try await sandboxed { () async throws(SandboxError) in
            try await conversation.hold()
        }
        meter?.talked(result.record)
        return result
    }
}

extension Transcript {
    /// - Parameters:
    ///   - pass: its number, where there may be several.
    ///   - speakers: what to call the programs, where there are several.
    init(_ record: ConversationRecord, pass: Int?, speakers: ((Int) -> String)? = nil) {
        self.init()
        if let pass { note("pass \(pass)", at: .zero) }
        add(record.head, speakers)
        if record.leftOut > 0 {
            note("\(record.leftOut) bytes are \(Self.gap)", at: record.tail.first?.time ?? .zero)
        }
        add(record.tail, speakers)
    }

    /// What one side says comes in pieces that may end within a character: those bytes wait for the next.
    private mutating func add(
        _ entries: [ConversationRecord.Entry], _ speakers: ((Int) -> String)?
    ) {
        struct Side: Hashable {
            var program: Int
            var isFromInteractor: Bool
        }
        var waiting: [Side: ConversationRecord.Entry] = [:]
        for entry in entries {
            let side = Side(program: entry.program, isFromInteractor: entry.isFromInteractor)
            let before = waiting.removeValue(forKey: side)
            guard !entry.isEnd else {
                if let before { add(before, speakers) }
                add(entry, speakers)
                continue
            }
            var entry = entry
            entry.bytes.insert(contentsOf: before?.bytes ?? [], at: 0)
            let whole = entry.bytes.count - Self.unfinished(entry.bytes)
            if whole < entry.bytes.count {
                waiting[side] = entry
                waiting[side]?.bytes.removeFirst(whole)
                entry.bytes.removeSubrange(whole...)
            }
            if !entry.bytes.isEmpty { add(entry, speakers) }
        }
        for rest in waiting.values.sorted(by: { $0.time < $1.time }) { add(rest, speakers) }
    }

    /// How many bytes at the end may be the beginning of a character of UTF-8.
    private static func unfinished(_ bytes: [UInt8]) -> Int {
        for count in 1...3 where count <= bytes.count {
            let byte = bytes[bytes.count - count]
            guard byte & 0b1100_0000 != 0b1000_0000 else { continue }
            let length =
                switch byte {
                case 0xC2...0xDF: 2
                case 0xE0...0xEF: 3
                case 0xF0...0xF4: 4
                default: 1
                }
            return length > count ? count : 0
        }
        return 0
    }

    private mutating func note(_ text: String, at time: Duration) {
        lines.append(Line(time: time, speaker: "judge", text: text))
    }

    private mutating func add(
        _ entry: ConversationRecord.Entry, _ speakers: ((Int) -> String)?
    ) {
        let speaker: String
        if let name = speakers?(entry.program) {
            // Only notes are the judge's.
            let own = name == "judge" ? "program judge" : name
            speaker = entry.isFromInteractor ? "manager to \(name)" : own
        } else {
            speaker = entry.isFromInteractor ? "interactor" : "submission"
        }
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
