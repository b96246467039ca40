import Configuration
import Foundation
import JudgeCore
import SandboxProtocol
import Testing

@Suite struct ShippedFileTests {
    private let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private var shipped: String {
        get throws {
            try String(contentsOf: root.appending(path: "judge.conf"), encoding: .utf8)
        }
    }

    @Test("The judge.conf of the source tree is the one in the program")
    func embedded() throws {
        #expect(try shipped == Settings.shippedText)
    }

    @Test("Reading judge.conf gives the built-in settings")
    func defaults() throws {
        #expect(try Settings(text: shipped, file: "judge.conf") == Settings.builtIn())
    }

    @Test("Every setting stands in judge.conf, and every section of it is known")
    func complete() throws {
        var found: [String: Set<String>] = [:]
        var section = ""
        for line in try shipped.split(separator: "\n") where !line.hasPrefix("#") {
            if line.hasPrefix("[") {
                section = String(line.dropFirst().prefix { $0 != "]" && $0 != "." })
            } else if !line.hasPrefix(" "), line.contains(" = ") {
                found[section, default: []].insert(String(line.prefix { $0 != " " }))
            }
        }
        // No shipped language is like another one.
        found["language"]?.insert("like")
        #expect(found == Settings.keys.mapValues { Set($0) })
    }

    @Test("Every setting has a comment with its meaning and its danger")
    func comments() throws {
        var comment: [Substring] = []
        for line in try shipped.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("# The languages.") { return }
            if line.hasPrefix("#") {
                comment.append(line)
            } else {
                if line.contains(" = ") {
                    #expect(comment.contains { $0.hasPrefix("# Danger: ") }, "\(line)")
                    #expect(comment.count >= 2, "\(line)")
                }
                comment = []
            }
        }
        Issue.record("the languages have no comment")
    }

    @Test("judge.conf names every class of system calls that a language can ask for")
    func syscalls() throws {
        let comment = try shipped.split(separator: "\n").drop { !$0.hasPrefix("#   syscalls ") }
            .prefix(3).joined(separator: " ").replacing("#", with: " ")
        for extra in ExtraSyscalls.allCases { #expect(comment.contains(" \(extra.rawValue)")) }
    }

    @Test("A relative path in a file begins at the file's directory")
    func paths() throws {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "judge-conf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = directory.appending(path: "judge.conf").path(percentEncoded: false)
        try Data("[problems]\ndirectory = \"/srv/p\"\n".utf8).write(to: URL(filePath: file))
        let settings = try Settings(file: file)
        #expect(
            settings.database.path
                == directory.appending(path: "judge.db").path(percentEncoded: false))
        #expect(settings.problems.directory == "/srv/p")
    }

    @Test("A file that cannot be read is named with the reason")
    func unreadable() {
        #expect(
            throws: ConfigurationError(
                file: "/no/such/judge.conf", line: nil,
                text: "cannot be read: No such file or directory")
        ) { try Settings(file: "/no/such/judge.conf") }
        #expect(
            throws: ConfigurationError(
                file: "/tmp", line: nil, text: "cannot be read: Is a directory")
        ) { try Settings(file: "/tmp") }
    }
}
