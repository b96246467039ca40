import ArgumentParser
import Foundation
import Store

struct ProblemRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Takes a problem off, so that nothing can be submitted to it.",
        discussion: """
            Submissions and their results stay. Copies of the package that no submission needs \
            are deleted.

              judge problem remove aplusb
            """)

    @Argument(help: "Id of an installed problem; see judge problem list.")
    var problem: String

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let settings = try surroundings.settings()
        let store = try await surroundings.store(settings, .write)
        _ = try await store.installed(problem)
        let unneeded = try await store.removeProblem(problem)
        try await store.close()
        for version in unneeded { try Self.deleteCopy(version, below: settings.problemsDirectory) }
        try StandardStreams.write(
            json
                ? JSON.object([("problem", .string(problem)), ("ok", .bool(true))]).text + "\n"
                : "\(Printable.line(problem)) is removed\n")
    }

    /// Only what `judge problem add` put there: the place below the problems directory is known.
    private static func deleteCopy(_ version: InstalledProblem, below directory: String) throws {
        let expected = "\(directory)/\(version.id)/\(version.digest)"
        let copy = URL(filePath: version.directory).resolvingSymlinksInPath()
        guard copy == URL(filePath: expected).resolvingSymlinksInPath() else {
            return StandardStreams.complain(
                "warning: \(version.directory) is not below \(directory) and was left there")
        }
        do {
            try FileManager.default.removeItem(at: copy)
        } catch {
            throw CommandFailure(
                .unavailable,
                "\(version.id) is removed, but its copy \(version.directory) is still there: "
                    + "\(error.localizedDescription)")
        }
    }
}
