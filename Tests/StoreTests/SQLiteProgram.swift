import Foundation
import Testing

/// The `sqlite3` program: what people read the database with.
enum SQLiteProgram {
    static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3")

    /// Standard output, one line per row, columns separated by `|`.
    @discardableResult
    static func run(_ path: String, _ sql: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        process.arguments = [path, sql]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "sqlite3 refused: \(sql)")
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
