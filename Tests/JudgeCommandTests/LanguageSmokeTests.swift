import Foundation
import Testing

/// The languages of the repository's judge.conf, as `judge language list` tells of them.
enum ShippedLanguages {
    struct Row: Decodable, Sendable, CustomTestStringConvertible {
        var id: String
        var name: String
        var installed: Bool
        var package: String
        var endings: [String]

        var testDescription: String { id }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let configuration = root.appending(path: "judge.conf").path(percentEncoded: false)

    /// Empty where the command fails, which `LanguageSmokeTests` notices.
    static let all: [Row] = {
        guard
            let answer = try? Desk().judge(
                "language", "list", "--json", "--config", configuration)
        else { return [] }
        return (try? JSONDecoder().decode([Row].self, from: Data(answer.output.utf8))) ?? []
    }()

    /// Cancels a test of a language that is not installed, aloud.
    static func require(_ id: String) throws -> Row {
        let row = try #require(all.first { $0.id == id })
        if !row.installed {
            try Test.cancel("\(row.name) is not installed: apt-get install \(row.package)")
        }
        return row
    }
}

@Suite(
    "Smoke programs of the languages",
    .enabled(if: geteuid() == 0, "needs root for the sandbox"))
struct LanguageSmokeTests {
    @Test("Every section of judge.conf is listed, so that no language is passed over below")
    func complete() throws {
        let text = try String(contentsOfFile: ShippedLanguages.configuration, encoding: .utf8)
        let sections = text.matches(of: /(?m)^\[language\.([a-z0-9_-]+)\]$/)
            .map { String($0.output.1) }
        #expect(ShippedLanguages.all.map(\.id).sorted() == sections.sorted())
    }

    @Test("Every smoke program is judged as it must be", arguments: ShippedLanguages.all)
    func check(language: ShippedLanguages.Row) throws {
        _ = try ShippedLanguages.require(language.id)
        let answer = try Desk().judge(
            "language", "check", language.id, "--config", ShippedLanguages.configuration)
        #expect(answer.status == 0, "\(answer.output)\(answer.complaint)")
        #expect(!answer.output.contains("not tried"), "\(answer.output)")
    }
}
