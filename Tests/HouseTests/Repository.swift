import Foundation

/// The files of this repository as they lie on disk.
enum Repository {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Paths from the root of all files below `directories` whose name has one of `endings`.
    static func files(below directories: [String], endings: [String]) -> [String] {
        directories.flatMap { directory in
            let names = FileManager.default.enumerator(atPath: root.appending(path: directory).path)
            return (names?.compactMap { $0 as? String } ?? [])
                .filter { name in endings.contains { name.hasSuffix($0) } }
                .map { "\(directory)/\($0)" }
        }.sorted()
    }

    /// What people read: every claim in it is checked. The changelog also speaks of the past.
    static var documents: [String] {
        ["README.md", "CONTRIBUTING.md"] + files(below: ["docs"], endings: [".md"])
    }

    static var sources: [String] {
        ["Package.swift"]
            + files(
                below: ["Sources", "Tests", "Benchmarks"],
                endings: [".swift", ".c", ".cpp", ".h", ".py"])
    }

    static var scripts: [String] {
        [
            "deploy/quickstart", "deploy/test", "deploy/common.bash", "deploy/languages",
            "deploy/package", "deploy/debian/preinst", "deploy/debian/postinst",
            "deploy/debian/prerm",
            "deploy/debian/postrm", "deploy/debian/daily-backup", ".ci/run",
            "Tests/cgroup2/boot", "Tests/attack-table", "Tests/languages",
            "Tests/language-table", "Tests/mends", "Tests/alerts",
            "deploy/container/entry", "Benchmarks/run",
        ]
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }
}

/// Code in a Markdown document: what stands between backticks, and the lines of fenced blocks.
struct DocumentCode {
    var spans: [String] = []
    /// Lines of blocks, each with the word after its opening fence.
    var lines: [(block: String, text: String)] = []

    init(_ document: String) {
        var block: String?
        for line in document.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                block = block == nil ? String(line.dropFirst(3)) : nil
            } else if let block {
                lines.append((block, String(line)))
            } else {
                spans += line.matches(of: /`([^`]+)`/).map { String($0.output.1) }
            }
        }
    }

    /// Spans, and the lines that a reader is told to type.
    var commands: [String] {
        spans
            + lines.filter { $0.block == "console" && $0.text.hasPrefix("$ ") }
            .map { String($0.text.dropFirst(2)) }
    }
}
