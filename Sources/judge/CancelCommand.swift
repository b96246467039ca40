import ArgumentParser
import JudgeCore
import Store

struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Takes queued and running submissions off.",
        discussion: """
            A worker that judges one stops at once. The verdict is CS. What is judged or cancelled \
            already is left alone and said; where an id does not exist, nothing is cancelled. JSON \
            is one document a line, in the order of the ids.

              judge cancel 42
              judge cancel 42 43 --json
            """)

    @Argument(help: ArgumentHelp("Ids that judge submit printed.", valueName: "id"))
    var ids: [SubmissionID]

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let store = try await surroundings.store(try surroundings.settings(), .write)
        let answers = try await store.cancel(ids.map(\.value))
        try await store.close()
        let lines = answers.map { json ? Self.document($0).text : Self.sentence($0) }
        try StandardStreams.write(lines.map { $0 + "\n" }.joined())
    }

    private static func document(_ answer: Cancellation) -> JSON {
        .object([
            ("submission", JSON(answer.submission)),
            ("state", .string(answer.state.rawValue)),
            ("cancelled", .bool(answer.isNew)),
        ])
    }

    private static func sentence(_ answer: Cancellation) -> String {
        let subject = "submission \(answer.submission)"
        guard !answer.wasRejudged else {
            return "\(subject) is not judged again; what was decided before stays"
        }
        return switch answer.found {
        case .queued: "\(subject) is cancelled; it had waited"
        case .running: "\(subject) is cancelled; it was being judged"
        case .done, .dead: "\(subject) is judged already and left alone"
        case .cancelled: "\(subject) was cancelled before"
        }
    }
}
