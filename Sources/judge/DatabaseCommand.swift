import ArgumentParser
import Configuration
import Store

struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database",
        abstract: "Looks after the SQLite file.",
        discussion: """
              judge database migrate --database /var/lib/judge/judge.db
            """,
        subcommands: [
            DatabaseMigrateCommand.self, DatabaseCheckCommand.self, DatabaseBackupCommand.self,
            DatabasePruneCommand.self,
        ])
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

struct DatabaseCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Looks whether the database is sound, while workers go on.",
        discussion: """
            It checks the file, the references between rows, and states that cannot be. Each fault \
            is one sentence; the exit code is 1 when there is one.

              judge database check
            """)

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let settings = try surroundings.settings()
        let findings = try await Self.findings(settings.database.path)
        try findings.write(json: json)
        guard findings.faults.isEmpty else { throw ExitCode(ExitStatus.no.rawValue) }
    }

    private static func findings(_ path: String) async throws(StoreError) -> DatabaseFindings {
        do throws(StoreError) {
            let store = try await SQLiteStore.open(path: path, access: .read)
            let faults = try await store.check()
            try await store.close()
            return DatabaseFindings(path: store.path, faults: faults)
        } catch {
            // So badly damaged that it cannot even be opened.
            guard case .corrupt(let file, let detail) = error else { throw error }
            return DatabaseFindings(path: file, faults: ["the file is damaged: \(detail)"])
        }
    }
}

struct DatabaseBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copies the database into a file, while workers go on.",
        discussion: """
            The copy is checked and on disk when the command returns. A file that exists is left \
            alone and said, unless --overwrite replaces it. The exit code is 1 when the copy was \
            made but judge database check finds fault with it.

              judge database backup /srv/backups/judge-monday.db
            """)

    @Argument(help: "The file to be made.")
    var file: String

    @Flag(help: "Replace the file if it exists.")
    var overwrite = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        // Also a file of another version: a backup is what one makes before a new one is used.
        let store = try await surroundings.store(try surroundings.settings(), .copy)
        let faults = try await store.backup(to: file, overwriting: overwrite)
        try await store.close()
        for fault in faults { StandardStreams.complain(fault) }
        try StandardStreams.write(
            json
                ? JSON.object([
                    ("database", .string(store.path)), ("backup", .string(file)),
                    ("ok", .bool(faults.isEmpty)), ("faults", .array(faults.map(JSON.string))),
                ]).text + "\n"
                : "\(Printable.line(store.path)) is backed up to \(Printable.line(file))\n")
        guard faults.isEmpty else { throw ExitCode(ExitStatus.no.rawValue) }
    }
}

/// What a check of the database says.
struct DatabaseFindings {
    var path: String
    var faults: [String]

    func write(json: Bool) throws {
        guard !json else {
            return try StandardStreams.write(
                JSON.object([
                    ("database", .string(path)), ("ok", .bool(faults.isEmpty)),
                    ("faults", .array(faults.map(JSON.string))),
                ]).text + "\n")
        }
        let lines = faults.isEmpty ? ["\(path) is sound"] : faults
        try StandardStreams.write(lines.map { Printable.line($0) + "\n" }.joined())
    }
}
