import ArgumentParser
import Configuration
import Foundation
import Store

/// Options that every command has, and what they lead to.
struct Surroundings: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The settings.",
            discussion: "Else $JUDGE_CONF, ./judge.conf, /etc/judge/judge.conf, or the defaults.",
            valueName: "file"))
    var config: String?

    @Option(
        help: ArgumentHelp(
            "The SQLite file.", discussion: "Else $JUDGE_DATABASE, or the one in judge.conf.",
            valueName: "file"))
    var database: String?

    private static let usualFiles = ["./judge.conf", "/etc/judge/judge.conf"]

    /// Reads the first judge.conf there is, or takes the built-in one.
    ///
    /// A file that was named must exist. An unreadable or wrong one is never passed over.
    func settings() throws -> Settings {
        var settings = try readSettings()
        if let path = database ?? environment("JUDGE_DATABASE") { settings.database.path = path }
        return settings
    }

    /// Opens the database that the settings name.
    func store(_ settings: Settings, _ access: DatabaseAccess) async throws -> SQLiteStore {
        try await SQLiteStore.open(path: settings.database.path, access: access)
    }

    private func readSettings() throws -> Settings {
        if let named = config ?? environment("JUDGE_CONF") { return try Settings(file: named) }
        let found = Self.usualFiles.first { FileManager.default.fileExists(atPath: $0) }
        return try found.map(Settings.init(file:)) ?? Settings.builtIn()
    }

    /// nil also when it is empty.
    private func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
