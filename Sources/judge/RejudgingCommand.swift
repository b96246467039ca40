import ArgumentParser
import JudgeCore
import Store

struct RejudgingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejudging",
        abstract: "The sets that judge rejudge made: what changed, apply, undo.",
        discussion: """
              judge rejudging show new-tests
              judge rejudging apply new-tests
            """,
        subcommands: [
            RejudgingListCommand.self, RejudgingShowCommand.self, RejudgingApplyCommand.self,
            RejudgingUndoCommand.self,
        ])
}

struct RejudgingListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the sets, newest first.",
        discussion: """
            A set is held (its judgements do not count yet), applied or undone. JSON is one array.

              judge rejudging list
            """)

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let store = try await surroundings.store(try surroundings.settings(), .read)
        let sets = try await store.rejudgings()
        try await store.close()
        guard !json else {
            let documents = sets.map { JSON.object(RejudgingDocument.members(of: $0)) }
            return try StandardStreams.write(JSON.array(documents).text + "\n")
        }
        var table = TextTable([
            ("name", .left), ("made", .left), ("state", .left), ("submissions", .right),
            ("waiting", .right), ("judged", .right), ("changed", .right), ("of", .left),
        ])
        for set in sets {
            table.add([
                set.name, set.createdAt.iso8601, set.state.rawValue, "\(set.submissions)",
                "\(set.waiting)", "\(set.judged)", "\(set.changed)", set.selection,
            ])
        }
        try StandardStreams.write(table.lines.joined(separator: "\n") + "\n")
    }
}

struct RejudgingShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows the difference that a set makes: verdicts before and after.",
        discussion: """
            The text shows how often which verdict became which, and each submission whose verdict \
            or score changed; JSON holds every submission.

              judge rejudging show new-tests
            """)

    @OptionGroup var set: RejudgingName

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let store = try await surroundings.store(try surroundings.settings(), .read)
        let found = try await store.rejudging(set.name)
        try await store.close()
        guard let found else { throw StoreError.noSuchRejudging(name: set.name) }
        let document = RejudgingDocument(found)
        try StandardStreams.write(json ? document.json.text + "\n" : document.text)
    }
}

struct RejudgingApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Lets the judgements of a set count.",
        discussion: """
            The whole set must be judged: else it exits with 75. Where a newer judgement counts, \
            it counts on. Applying again changes nothing.

              judge rejudging apply new-tests
            """)

    @OptionGroup var set: RejudgingName

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let store = try await surroundings.store(try surroundings.settings(), .write)
        let applied = try await store.applyRejudging(set.name)
        try await store.close()
        try RejudgingName.report(applied, json: json)
    }
}

struct RejudgingUndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Lets what was decided before a set count again.",
        discussion: """
            What of the set still waits or runs is taken off. Its judgements stay to be seen and can \
            be applied again.

              judge rejudging undo new-tests
            """)

    @OptionGroup var set: RejudgingName

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let store = try await surroundings.store(try surroundings.settings(), .write)
        let undone = try await store.undoRejudging(set.name)
        try await store.close()
        try RejudgingName.report(undone, json: json)
    }
}

/// The argument that names a set.
struct RejudgingName: ParsableArguments {
    @Argument(help: "What the set is called; see judge rejudging list.")
    var name: String

    static func report(_ set: Rejudging, json: Bool) throws {
        try StandardStreams.write(
            json
                ? JSON.object(RejudgingDocument.members(of: set)).text + "\n"
                : RejudgingDocument.sentence(set) + "\n")
    }
}
