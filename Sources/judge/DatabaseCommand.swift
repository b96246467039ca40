import ArgumentParser
import Store

struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database",
        abstract: "Looks after the SQLite file.",
        discussion: """
              judge database migrate --database /var/lib/judge/judge.db
            """,
        subcommands: [DatabaseMigrateCommand.self, DatabasePruneCommand.self])
}

struct DatabaseMigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Makes the database, or brings its tables up to date.",
        discussion: """
            Every command that writes does so by itself; this one does nothing else. A database \
            of a newer judge is refused and not changed.

              judge database migrate
            """)

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let store = try await surroundings.store(try surroundings.settings(), .create)
        try await store.close()
        let path = store.path
        try StandardStreams.write(
            json
                ? JSON.object([("database", .string(path)), ("ok", .bool(true))]).text + "\n"
                : "\(Printable.line(path)) is up to date\n")
    }
}
