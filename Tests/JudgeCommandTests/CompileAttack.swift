import Foundation
import Testing

/// One hostile submission of `CompileAttacks/LANGUAGE/`, a file or a directory of files, and what
/// the comment at the head of its first file says of it:
///
///     // attack: what it tries
///     // expect: CE or WA     the verdicts that it may have; without it CE alone
///     // time: 3              seconds of compilation; without it 10
///     // twin: yes            it shows a file that lies beside it, where it may not show the host's
///
/// `@CANARY@`, `@ANSWER@` and `@DATABASE@` stand for paths of the host, `«1000xTEXT»` for a thousand times
/// TEXT, in which № is the number of the turn and ¶ a line's end; they may be nested. A name that ends in
/// `.txt` after another ending loses it: other tools would take the file for one of ours.
struct CompileAttack: Sendable, CustomTestStringConvertible {
    let language: String
    let name: String
    private(set) var sentence = ""
    private(set) var expected = ["CE"]
    private(set) var seconds = 10
    private(set) var hasTwin = false
    private let templates: [(name: String, text: String)]

    var testDescription: String { name }

    init(language: String, name: String, templates: [(name: String, text: String)]) throws {
        (self.language, self.name, self.templates) = (language, name, templates)
        for template in templates {
            try readHead(template)
        }
        try #require(!sentence.isEmpty, "\(language)/\(name) does not say what it attacks")
    }

    /// The head ends at the first line that is no comment of the form `KEY: VALUE`; keys that it may not have are
    /// mistakes, so that none below them is passed over.
    private mutating func readHead(_ template: (name: String, text: String)) throws {
        for line in template.text.split(separator: "\n") where line != "<?php" {
            guard
                let found = line.wholeMatch(of: /[\/#;%!(*{-]+ ([^ :]+): (.*?)(?: \*\))?/)
            else { return }
            let value = String(found.2)
            switch found.1 {
            case "attack": sentence = value
            case "expect": expected = value.split(separator: " or ").map(String.init)
            case "time": seconds = try #require(Int(value))
            case "twin": hasTwin = value == "yes"
            default:
                Issue.record(
                    "\(language)/\(name), \(template.name): its head has an unknown key \(found.1)")
            }
        }
    }

    /// The files to submit, with these paths of the host in them.
    func files(canary: String, answer: String, database: String) -> [(name: String, text: String)] {
        templates.map { template in
            let text = template.text.replacing("@CANARY@", with: canary)
                .replacing("@ANSWER@", with: answer).replacing("@DATABASE@", with: database)
            return (Self.submitted(template.name), Self.repeated(text))
        }
    }

    private static func submitted(_ name: String) -> String {
        name.hasSuffix(".txt") && name.dropLast(4).contains(".") ? String(name.dropLast(4)) : name
    }

    private static func repeated(_ text: String) -> String {
        var text = text
        // The innermost first.
        while text.contains("«") {
            let next = text.replacing(/«(\d+)x([^«»]*)»/) { found in
                turns(String(found.output.2), times: Int(found.output.1) ?? 0)
            }
            guard next != text else { break }
            text = next
        }
        return text
    }

    private static func turns(_ part: String, times: Int) -> String {
        let part = part.replacing("¶", with: "\n")
        guard part.contains("№") else { return String(repeating: part, count: times) }
        return (0..<times).map { part.replacing("№", with: String($0)) }.joined()
    }
}

extension CompileAttack {
    static var directory: URL? {
        Bundle.module.url(forResource: "CompileAttacks", withExtension: nil)
    }

    /// All of one language, in the order of their names.
    static func of(_ language: String) throws -> [CompileAttack] {
        let folder = try #require(directory).appending(path: language)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
            name in
            let place = folder.appending(path: name)
            let names =
                (try? FileManager.default.contentsOfDirectory(atPath: place.path).sorted()) ?? []
            let files = names.isEmpty ? [place] : names.map { place.appending(path: $0) }
            let templates = try files.map {
                ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
            }
            return try CompileAttack(language: language, name: name, templates: templates)
        }
    }
}

/// The languages of the repository's judge.conf on this machine.
struct InstalledLanguages {
    private struct Row: Decodable {
        var id: String
        var installed: Bool
        var package: String?
    }

    private var rows: [Row] = []

    static let here = InstalledLanguages()

    static var repository: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    static var configuration: URL { repository.appending(path: "judge.conf") }

    private init() {
        // Where it cannot be asked, every language counts as missing, and its test says so.
        guard let desk = try? Desk(),
            let answer = try? desk.judge(
                "language", "list", "--json", "--config", Self.configuration.path)
        else { return }
        let list = try? JSONDecoder().decode([Row].self, from: Data(answer.output.utf8))
        rows = list ?? []
    }

    func has(_ language: String) -> Bool { rows.contains { $0.id == language && $0.installed } }

    func missing(_ language: String) -> String {
        guard let row = rows.first(where: { $0.id == language }) else {
            return "judge.conf has no language \(language)"
        }
        return "\(language) is not installed: apt-get install \(row.package ?? "its compiler")"
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test where the language's compiler is not installed, and names the package.
    static func installed(_ language: String) -> Self {
        .enabled(
            if: InstalledLanguages.here.has(language),
            Comment(rawValue: InstalledLanguages.here.missing(language)))
    }
}
