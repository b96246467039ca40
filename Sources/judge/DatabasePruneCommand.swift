import ArgumentParser
import Store
import Units

struct DatabasePruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Takes away old outputs, transcripts and messages, never verdicts.",
        discussion: """
            Of what submissions wrote, what was said in conversations, and what compilers and \
            checkers said; reasons stay. What it frees stays in the file and is used for what is stored next: the file grows \
            no more, but does not become smaller. Workers may go on meanwhile.

              judge database prune --older-than 30d --preview
              judge database prune --older-than 30d
            """)

    @Option(
        help: ArgumentHelp(
            "Of judgements that were made longer ago.",
            discussion: "A number and a unit: 12h, 30d.", valueName: "time"))
    var olderThan: TimeArgument

    @Flag(help: "Say what would be taken away, and change nothing.")
    var preview = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let settings = try surroundings.settings()
        let store = try await surroundings.store(settings, preview ? .read : .write)
        let age = olderThan.duration
        let pruned =
            preview
            ? try await store.prunable(olderThan: age)
            : try await untilInterrupted { try await store.prune(olderThan: age) }
        try await store.close()
        try StandardStreams.write(json ? document(pruned).text + "\n" : text(pruned))
    }

    private func text(_ pruned: PrunedOutputs) -> String {
        let what =
            "\(count(pruned.outputs, "output")) and \(count(pruned.messages, "message")) of "
            + "\(count(pruned.judgements, "judgement")), \(pruned.stored) in the database"
        guard pruned.judgements > 0 else { return "nothing is that old\n" }
        guard !preview else { return "would take away \(what)\n" }
        return "took away \(what); the file keeps its size and uses the space for what is "
            + "stored next\n"
    }

    private func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    private func document(_ pruned: PrunedOutputs) -> JSON {
        .object([
            ("preview", .bool(preview)), ("outputs", JSON(pruned.outputs)),
            ("messages", JSON(pruned.messages)),
            ("judgements", JSON(pruned.judgements)), ("stored_bytes", JSON(pruned.stored)),
        ])
    }
}
