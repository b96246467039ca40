import Foundation
import JudgeCore
import Logging

/// Writes each entry of a log as one JSON object in one line on standard error.
struct JSONLogHandler: LogHandler {
    let label: String
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        StandardStreams.tell(Self.line(event, label: label, own: metadata, at: .now) + "\n")
    }

    /// Facts are text, and come behind the keys that every line has, in the order of their names.
    static func line(
        _ event: LogEvent, label: String, own: Logger.Metadata, at time: Instant
    ) -> String {
        let facts = own.merging(event.metadata ?? [:]) { $1 }
        let fixed: [(key: String, value: JSON)] = [
            ("time", JSON(time)), ("level", .string(event.level.rawValue)),
            ("logger", .string(label)), ("message", .string("\(event.message)")),
        ]
        let taken = Set(fixed.map(\.key))
        let rest = facts.filter { !taken.contains($0.key) }.sorted { $0.key < $1.key }
        return JSON.object(fixed + rest.map { ($0.key, JSON.string("\($0.value)")) }).text
    }
}
