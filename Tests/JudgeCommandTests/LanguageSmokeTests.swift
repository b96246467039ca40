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
    private static let kinds = [
        "empty", "reads", "loops", "crashes", "exits", "hogs", "floods", "broken", "spawns",
        "unicode", "integers", "recurses",
    ]

    @Test("Every language has all of its smoke programs")
    func complete() throws {
        #expect(ShippedLanguages.all.count >= 6)
        for language in ShippedLanguages.all {
            // Standards of one language share their programs.
            let directories = [language.id, String(language.id.prefix { !$0.isNumber })]
                .map { $0 == "pypy" ? "python3" : $0 }
                .map { ShippedLanguages.root.appending(path: "languages/\($0)") }
            let names =
                directories.lazy.compactMap {
                    try? FileManager.default.contentsOfDirectory(
                        atPath: $0.path(percentEncoded: false))
                }.first ?? []
            for kind in Self.kinds {
                #expect(
                    names.contains { name in
                        name == kind || name == kind + ".absent"
                            || language.endings.contains { name == kind + $0 }
                    }, "\(language.id): \(kind)")
            }
        }
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
