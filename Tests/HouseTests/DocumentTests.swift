import Foundation
import Testing

@Suite("What documents name")
struct DocumentTests {
    @Test("Every path in a document exists", arguments: Repository.documents)
    func paths(document: String) throws {
        let code = DocumentCode(try Repository.text(document))
        for word in (code.spans + code.lines.map(\.text)).flatMap({ $0.split(separator: " ") }) {
            guard let path = Self.path(String(word)) else { continue }
            #expect(Repository.exists(path), "\(document) names \(path)")
        }
    }

    @Test("Every link in a document leads to a file", arguments: Repository.documents)
    func links(document: String) throws {
        let directory = URL(filePath: "/" + document).deletingLastPathComponent()
        for match in try Repository.text(document).matches(of: /\]\(([^)#]+)[^)]*\)/) {
            let target = String(match.output.1)
            guard !target.contains("://") else { continue }
            let path = String(directory.appending(path: target).standardized.path.dropFirst())
            #expect(Repository.exists(path), "\(document) links to \(target)")
        }
    }

    @Test("Scripts that documents name can be run", arguments: Repository.scripts)
    func scripts(script: String) {
        let path = Repository.root.appending(path: script).path
        #expect(Repository.exists(script))
        #expect(script.hasSuffix(".bash") || FileManager.default.isExecutableFile(atPath: path))
    }

    @Test("Each promise of docs/security.md names tests, and all that it names exist")
    func promises() throws {
        let document = try Repository.text("docs/security.md")
        let tests = try Repository.files(below: ["Tests"], endings: ["Tests.swift"])
            .map { (path: $0, text: try Repository.text($0)) }
        func named(_ text: String) -> [(type: String, sentence: String)] {
            text.matches(of: /`([A-Za-z]+Tests): ([^`]+)`/)
                .map { (String($0.output.1), String($0.output.2)) }
        }
        for (type, sentence) in named(document) {
            let holder = tests.first { $0.path.hasSuffix("/\(type).swift") }
            let found = holder?.text.contains("\"\(sentence)\"") == true
            #expect(found, "no test of \(type) says: \(sentence)")
        }
        let promises = try #require(document.split(separator: "| held by |\n").last)
            .prefix(while: { $0 != "#" }).split(separator: "\n")
            .filter { $0.hasPrefix("| ") }
        #expect(promises.count > 15)
        for promise in promises { #expect(!named(String(promise)).isEmpty, "\(promise)") }
    }

    @Test("The README shows the two commands that a stranger needs")
    func twoCommands() throws {
        let commands = DocumentCode(try Repository.text("README.md")).commands
        #expect(commands.contains("sudo deploy/quickstart"))
        #expect(commands.contains("sudo deploy/test"))
    }

    @Test("The runbook says what to do on each exit code")
    func exitCodes() throws {
        let source = try Repository.text("Sources/judge/CommandFailure.swift")
        let codes = source.matches(of: /case [A-Za-z]+ = (\d+)/).map { String($0.output.1) }
        #expect(codes.count > 5)
        let rows = try Repository.text("docs/troubles.md").split(separator: "\n")
            .filter { $0.contains(/^\| `\d+` \| [^|]+ \| [^|]+ \|$/) }
        // Those of the command line's parser, of a signal and of limits are no cases.
        for code in codes + ["0", "64", "124", "137"] {
            #expect(rows.count { $0.hasPrefix("| `\(code)` |") } == 1, "\(code)")
        }
    }

    @Test("Every test in the table of rules exists")
    func rules() throws {
        let table = try Repository.text("docs/problem-rules.md").split(separator: "\n")
            .drop { !$0.hasPrefix("| rule | decided | test |") }.dropFirst(2)
            .prefix { $0.hasPrefix("|") }
        let tests = try Repository.files(below: ["Tests"], endings: [".swift"])
            .map(Repository.text).joined()
        let names = table.map { row in
            row.split(separator: "|").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
        }.filter { !$0.isEmpty }
        #expect(names.count > 50)
        for name in names { #expect(tests.contains("\"\(name)\""), "\(name)") }
    }

    /// The path that a word of code names, if it begins like one of this repository; patterns with
    /// `*` stand for the directory before them.
    private static func path(_ word: String) -> String? {
        let word = word.trimmingCharacters(in: CharacterSet(charactersIn: ",;:()'\""))
        let first =
            /^(Sources|Tests|docs|deploy|problems|Benchmarks|\.ci)\/|^judge\.conf$|^[A-Z]+\.md$/
        guard word.firstMatch(of: first) != nil else { return nil }
        let literal = word.split(separator: "*", omittingEmptySubsequences: false).first ?? ""
        return literal.count == word.count
            ? word : literal.split(separator: "/").dropLast().joined(separator: "/")
    }
}
