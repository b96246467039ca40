import ArgumentParser
import JudgeCore
import Store

struct RejudgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejudge",
        abstract: "Judges submissions again, as a named set.",
        discussion: """
            They are judged by the installed version of their problem, in a class of the queue below \
            low. Old judgements stay; the new ones count as soon as they are made or, with \
            --hold, when the set is applied. judge rejudging shows the difference, applies and \
            undoes. Options narrow the choice down together.

            Asking again for a set of the same name, or for one that is not over, does nothing. \
            Left out are submissions that wait anyway, and cancelled ones unless asked for by id \
            or by --verdict CS.

              judge rejudge --problem aplusb --preview
              judge rejudge --problem aplusb --verdict WA --hold --name new-tests
              judge rejudge 42 43
            """)

    @Argument(help: ArgumentHelp("Ids that judge submit printed.", valueName: "id"))
    var ids: [SubmissionID] = []

    @Option(help: ArgumentHelp("Those of this problem.", valueName: "id"))
    var problem: String?

    @Option(help: "Those with this verdict: AC, WA, TLE, RTE, MLE, OLE, CE, JE or CS.")
    var verdict: Verdict?

    @Option(name: [.customShort("l"), .long], help: "Those in this language.")
    var language: String?

    @Option(
        help: ArgumentHelp("What the set is called. Else rejudging-1, -2, ...", valueName: "name"))
    var name: String?

    @Flag(help: "Let the new judgements count only when the set is applied.")
    var hold = false

    @Flag(
        help: """
            Say what would be judged again or, of a set that there is, what has changed; change nothing.
            """)
    var preview = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    private var selection: RejudgingSelection {
        RejudgingSelection(
            ids: ids.map(\.value), problem: problem, verdict: verdict, language: language)
    }

    func validate() throws {
        let isNarrowed = problem != nil || verdict != nil || language != nil
        guard ids.isEmpty == isNarrowed else {
            throw ValidationError(
                "say what to judge again: ids, or --problem, --verdict and --language")
        }
        if let name { try Self.check(name: name) }
    }

    func run() async throws {
        let settings = try surroundings.settings()
        let store = try await surroundings.store(settings, preview ? .read : .write)
        if let problem { _ = try await store.installed(problem) }
        guard !preview else {
            let document = try await preview(in: store)
            try await store.close()
            return try StandardStreams.write(json ? document.json.text + "\n" : document.text)
        }
        let answer = try await store.rejudge(
            NewRejudging(selection: selection, name: name, isHeld: hold))
        try await store.close()
        try report(answer)
    }

    /// What the set would hold; of one that was asked for before, what it has changed so far.
    private func preview(in store: any JobStore) async throws -> RejudgingDocument {
        if let name, let found = try await store.rejudging(name) {
            guard found.set.selection == selection.text else {
                throw StoreError.rejudgingExists(name: name, selection: found.set.selection)
            }
            return RejudgingDocument(found)
        }
        return RejudgingDocument(
            preview: try await store.rejudgingPreview(of: selection), of: selection)
    }

    private func report(_ answer: RejudgingAnswer) throws {
        for (count, why) in [
            (answer.unsettled, "not judged yet"), (answer.withoutProblem, "of removed problems"),
        ] where count > 0 {
            StandardStreams.complain("left out: \(count) that are \(why)")
        }
        guard !json else {
            let members = RejudgingDocument.members(of: answer.set)
            return try StandardStreams.write(
                JSON.object(members + [("new", .bool(answer.isNew))]).text + "\n")
        }
        guard let set = answer.set else {
            return try StandardStreams.write("nothing is to be judged again\n")
        }
        let count = set.submissions == 1 ? "1 submission" : "\(set.submissions) submissions"
        let isHeld = set.state == .held ? ", and counts when it is applied" : ""
        try StandardStreams.write(
            answer.isNew
                ? "\(Printable.line(set.name)): \(count) to be judged again\(isHeld)\n"
                : RejudgingDocument.sentence(set) + "; it was asked for before\n")
    }

    /// - Throws: usage, for a name that could not be written in a line.
    static func check(name: String) throws {
        guard (1...100).contains(name.utf8.count), Printable.line(name) == name else {
            throw ValidationError("--name takes 1 to 100 bytes without control characters")
        }
    }
}
