import ArgumentParser
import JudgeCore
import Store

struct ResultCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "result",
        abstract: "Prints verdict, reason, time, memory and tests of submissions.",
        discussion: """
            Without --wait it prints what is known now and exits with 0. JSON is one document a \
            line, in the order of the ids.

              judge result 42
              judge result 42 43 --wait --json
              judge result 42 --transcript --test secret/3
            """)

    @Argument(help: ArgumentHelp("Ids that judge submit printed.", valueName: "id"))
    var ids: [SubmissionID]

    @Flag(help: "Wait for the verdicts; exit 1 unless all are AC.")
    var wait = false

    @Flag(help: "Show what the submission and an interactive problem said to each other.")
    var transcript = false

    @Option(help: ArgumentHelp("With --transcript: of this test alone.", valueName: "name"))
    var test: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let store = try await surroundings.store(try surroundings.settings(), .read)
        let ids = ids.map(\.value)
        guard wait else {
            for id in ids {
                var document = JudgementDocument(try await store.record(of: id))
                document.transcripts = transcripts
                try transcripts.check(document)
                try Self.print(document, json: json)
            }
            return try await store.close()
        }
        try await Self.printWhenSettled(ids, from: store, json: json, transcripts: transcripts)
    }

    func validate() throws {
        guard test == nil || transcript else {
            throw ValidationError("--test names the test whose transcript --transcript shows.")
        }
    }

    private var transcripts: TranscriptChoice {
        guard transcript else { return .none }
        return test.map { .test($0) } ?? .all
    }

    /// Prints each submission as soon as it is judged, and closes the store.
    ///
    /// - Parameter first: printed at once.
    /// - Throws: exit code 1 unless all are accepted.
    static func printWhenSettled(
        _ ids: [Int64], from store: any JobStore, json: Bool, first: String = "",
        transcripts: TranscriptChoice = .none
    ) async throws {
        let allAccepted = try await untilInterrupted {
            try StandardStreams.write(first)
            let progress = Progress()
            defer { progress.clear() }
            var allAccepted = true
            for id in ids {
                let record = try await store.settled(id, progress: progress)
                var document = JudgementDocument(record)
                document.transcripts = transcripts
                try transcripts.check(document)
                try print(document, json: json)
                allAccepted = allAccepted && record.judgement?.verdict == .accepted
            }
            return allAccepted
        }
        try await store.close()
        guard allAccepted else { throw ExitCode(ExitStatus.no.rawValue) }
    }

    static func print(_ document: JudgementDocument, json: Bool) throws {
        try StandardStreams.write(json ? document.json.text + "\n" : document.text)
    }
}
