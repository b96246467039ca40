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
            """)

    @Argument(help: ArgumentHelp("Ids that judge submit printed.", valueName: "id"))
    var ids: [SubmissionID]

    @Flag(help: "Wait for the verdicts; exit 1 unless all are AC.")
    var wait = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let store = try await surroundings.store(try surroundings.settings(), .read)
        let ids = ids.map(\.value)
        guard wait else {
            for id in ids {
                try Self.print(JudgementDocument(try await store.record(of: id)), json: json)
            }
            return try await store.close()
        }
        try await Self.printWhenSettled(ids, from: store, json: json)
    }

    /// Prints each submission as soon as it is judged, and closes the store.
    ///
    /// - Parameter first: printed at once.
    /// - Throws: exit code 1 unless all are accepted.
    static func printWhenSettled(
        _ ids: [Int64], from store: any JobStore, json: Bool, first: String = ""
    ) async throws {
        let allAccepted = try await untilInterrupted {
            try StandardStreams.write(first)
            let progress = Progress()
            defer { progress.clear() }
            var allAccepted = true
            for id in ids {
                let record = try await store.settled(id, progress: progress)
                try print(JudgementDocument(record), json: json)
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
