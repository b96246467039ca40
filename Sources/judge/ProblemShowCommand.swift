import ArgumentParser
import Store

struct ProblemShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows limits, tests and origin of an installed problem.",
        discussion: """
              judge problem show aplusb
            """)

    @Argument(help: "Id of an installed problem; see judge problem list.")
    var problem: String

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let store = try await surroundings.store(try surroundings.settings(), .read)
        let document = ProblemDocument(try await store.installed(problem))
        let package = try await store.installedPackage(problem)
        try await store.close()
        try StandardStreams.write(
            json ? document.json(with: package).text + "\n" : document.text(with: package))
    }
}
