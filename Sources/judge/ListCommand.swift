import ArgumentParser
import JudgeCore
import Store
import Units

struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists submissions, newest first.",
        discussion: """
            Options narrow the list down together. JSON is one array; its elements are those of \
            judge result, without tests and compiler output, with the position in the queue (1 \
            is next) and the time since it was queued. With --watch the list is kept up to date \
            until Ctrl-C: on a terminal in place, elsewhere a line for each change and each test. \
            JSON then is one document a line, with "progress" and "new_tests".

              judge list --problem aplusb --verdict WA
              judge list --state queued --limit 10 --json
              judge list --watch
            """)

    @Option(help: ArgumentHelp("Only of this problem.", valueName: "id"))
    var problem: String?

    @Option(help: ArgumentHelp("Only of this user.", valueName: "name"))
    var user: String?

    @Option(help: "Only with this verdict: AC, WA, TLE, RTE, MLE, OLE, CE, JE or CS.")
    var verdict: Verdict?

    @Option(help: "Only in this state: queued, running, done, dead or cancelled.")
    var state: JobState?

    @Option(help: ArgumentHelp("At most so many.", valueName: "n"))
    var limit = 50

    @Flag(help: "Follow what changes until Ctrl-C.")
    var watch = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be 1 or more") }
    }

    func run() async throws {
        let store = try await surroundings.store(try surroundings.settings(), .read)
        let filter = SubmissionFilter(
            problem: problem, user: user, verdict: verdict, state: state, limit: limit)
        guard !watch else {
            return try await ListWatch(store: store, filter: filter, json: json).run()
        }
        let records = try await store.list(filter)
        try await store.close()
        let documents = records.map(JudgementDocument.init)
        guard !json else {
            return try StandardStreams.write(JSON.array(documents.map(\.listJSON)).text + "\n")
        }
        try StandardStreams.write(Self.table(of: documents).lines.joined(separator: "\n") + "\n")
    }

    static func table(of documents: [JudgementDocument]) -> TextTable {
        let waits = documents.contains { $0.age != nil }
        let queue: [(String, TextTable.Alignment)] = [("position", .right), ("age", .right)]
        var table = TextTable(
            [
                ("id", .right), ("submitted", .left), ("problem", .left), ("language", .left),
                ("user", .left), ("state", .left), ("verdict", .left), ("cpu time", .right),
                ("memory", .right),
            ] + (waits ? queue : []) + [("reason", .left)])
        for document in documents {
            let place = [
                document.position.map(String.init) ?? "", document.age?.secondsText ?? "",
            ]
            let cells = [
                document.submission.map(String.init) ?? "",
                document.submittedAt?.iso8601 ?? "", document.problem, document.language,
                document.user ?? "", document.state.rawValue,
                document.judgement?.verdict.rawValue ?? "",
                document.judgement?.cpuTime?.secondsText ?? "",
                document.judgement?.memoryPeak?.description ?? "",
            ]
            let reason = document.judgement?.reason?.text ?? document.progressText ?? ""
            table.add(cells + (waits ? place : []) + [reason])
        }
        return table
    }
}
