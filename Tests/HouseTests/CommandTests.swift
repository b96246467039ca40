import Foundation
import Testing

/// Commands in documents, held against the help of the program that was built with the tests.
@Suite("Commands that documents name")
struct CommandTests {
    @Test(
        "Every judge command and option in a document is in the help",
        arguments: Repository.documents)
    func commands(document: String) async throws {
        for command in DocumentCode(try Repository.text(document)).commands {
            // What follows a pipe or a redirection is another program's.
            let words = command.prefix(while: { !"|<>&;".contains($0) })
                .split(separator: " ").map(String.init)
            guard words.first == "judge", words.count > 1 else { continue }
            var path: [String] = []
            var help = try Self.help(path)
            for word in words.dropFirst() {
                guard help.subcommands.contains(word) else { break }
                path.append(word)
                help = try Self.help(path)
            }
            #expect(help.doesSomething, "\(document): \(command) names no command")
            for option in words.prefix(while: { $0 != "--" }) where option.hasPrefix("-") {
                #expect(help.text.contains(option), "\(document): \(command) has no \(option)")
            }
        }
    }

    @Test("The README lists every command")
    func completeness() throws {
        let readme = try Repository.text("README.md")
        let commands = try Self.help([]).subcommands
        #expect(commands.contains("submit"))
        for command in commands where command != "help" {
            #expect(readme.contains("`judge \(command)"), "\(command)")
        }
    }

    private struct Help {
        var text: String
        var subcommands: [String]

        /// What only holds other commands has no option but that for its help.
        var doesSomething: Bool {
            subcommands.isEmpty || text.matches(of: /\n +(?:-[a-z], )?--[a-z-]+/).count > 1
        }
    }

    private static func help(_ path: [String]) throws -> Help {
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0])
            .deletingLastPathComponent().appending(path: "judge")
        process.arguments = path + ["--help"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: bytes, as: UTF8.self)
        let list = text.split(separator: "\n", omittingEmptySubsequences: false)
            .drop(while: { !$0.hasPrefix("SUBCOMMANDS:") }).dropFirst()
            .prefix(while: { !$0.isEmpty })
        // A subcommand's line is indented by two; the rest of its description by more.
        let names = list.compactMap {
            $0.firstMatch(of: /^  ([a-z-]+)/).map { String($0.output.1) }
        }
        return Help(text: text, subcommands: names)
    }
}
