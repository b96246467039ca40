import Foundation
import Testing

/// The languages of judge.conf by its text: what is installed here is another matter.
@Suite("The languages that come along")
struct LanguageTests {
    private struct Section {
        var id: String
        var endings: [String]
        /// Directory of its smoke programs, below `languages`.
        var smoke: String

        init(_ text: Substring) throws {
            let id = String(text.prefix { $0 != "]" })
            let list = try #require(text.firstMatch(of: /(?m)^endings = \[(.+)\]$/), "\(id)")
            endings = list.output.1.matches(of: /"([^"]+)"/).map { String($0.output.1) }
            let named = text.firstMatch(of: /(?m)^smoke = "(.+)"$/)
            smoke = named.map { String($0.output.1) } ?? id
            self.id = id
        }
    }

    /// Those that the judge must come with, by their sections.
    private static let promised = [
        "c11", "c17", "c23", "cpp17", "cpp20", "cpp23", "python3", "pypy3", "java", "kotlin",
        "rust", "go", "javascript", "typescript", "csharp", "haskell", "ocaml", "pascal", "swift",
        "ruby", "php", "perl", "lua", "r", "prolog", "commonlisp", "scheme", "fortran", "ada",
        "scala", "bash", "awk",
    ]

    private static let kinds = [
        "empty", "reads", "loops", "crashes", "exits", "hogs", "floods", "broken", "spawns",
        "unicode", "integers", "recurses",
    ]

    private static func sections() throws -> [Section] {
        try Repository.text("judge.conf").split(separator: "\n[language.").dropFirst()
            .map(Section.init)
    }

    @Test("judge.conf has a section for every language that must come along")
    func sectionsThere() throws {
        let ids = try Self.sections().map(\.id)
        for id in Self.promised { #expect(ids.contains(id), "\(id)") }
    }

    @Test("Every language has all of its smoke programs, or says why there is none")
    func smokePrograms() throws {
        for section in try Self.sections() {
            let names = try FileManager.default.contentsOfDirectory(
                atPath: Repository.root.appending(path: "languages/\(section.smoke)").path)
            for kind in Self.kinds {
                // Several files are in a directory.
                let allowed = [kind, kind + ".absent"] + section.endings.map { kind + $0 }
                let found = names.contains { allowed.contains($0) }
                #expect(found, "\(section.id): \(kind)")
            }
        }
    }

    @Test("The table of docs/languages.md has one row for each language of judge.conf")
    func table() throws {
        let rows = try Repository.text("docs/languages.md").split(separator: "\n")
            .drop { $0 != "<!-- language table: begin -->" }
            .prefix { $0 != "<!-- language table: end -->" }
            .compactMap { $0.firstMatch(of: /^\| `([^`]+)` \|/).map { String($0.output.1) } }
        #expect(try rows.sorted() == Self.sections().map(\.id).sorted())
    }
}
