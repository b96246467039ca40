import ArgumentParser
import JudgeCore
import Store
import Units

struct ProblemListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the installed problems.",
        discussion: """
              judge problem list
              judge problem list --json
            """)

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let store = try await surroundings.store(try surroundings.settings(), .read)
        let problems = try await store.problems()
        try await store.close()
        guard !json else {
            let documents = problems.map { ProblemDocument($0).json }
            return try StandardStreams.write(JSON.array(documents).text + "\n")
        }
        var table = TextTable([
            ("id", .left), ("name", .left), ("time limit", .right), ("added", .left),
        ])
        for problem in problems {
            table.add([
                problem.id, problem.name, problem.timeLimit?.secondsText ?? "none",
                problem.addedAt.iso8601,
            ])
        }
        try StandardStreams.write(table.lines.joined(separator: "\n") + "\n")
    }
}
