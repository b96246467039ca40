import Foundation
import Linux

/// What came of the programs, one line of JSON each, for the table in docs/security.md.
///
/// Written to the directory that JUDGE_ATTACK_RESULTS names, in a file named for the way that the
/// sandbox stood: `root-v1.jsonl`, `ordinary-v2.jsonl`, ...
final class AttackResults: Sendable {
    private let file: FileHandle
    private let way: String

    /// The way that this process's slots stand.
    static func way() throws -> String {
        let version = try CgroupHierarchy.find().version == .v1 ? "v1" : "v2"
        return "\(geteuid() == 0 ? "root" : "ordinary")-\(version)"
    }

    /// - Returns: nil unless results are asked for.
    init?() throws {
        guard let directory = ProcessInfo.processInfo.environment["JUDGE_ATTACK_RESULTS"] else {
            return nil
        }
        way = try Self.way()
        let path = "\(directory)/\(way).jsonl"
        guard FileManager.default.createFile(atPath: path, contents: nil) else {
            throw AttackError("cannot write \(path)")
        }
        file = try FileHandle(forWritingTo: URL(filePath: path))
    }

    struct Line: Encodable {
        var name: String
        var cases: [String]
        var attack: String
        var expected: [String]
        var got: String
        /// Whether it came to what is expected and nothing on the host changed.
        var contained: Bool
        var way: String
    }

    func add(_ attack: Attack, got: String, contained: Bool) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = Line(
            name: attack.title, cases: attack.cases, attack: attack.sentence,
            expected: attack.expected, got: got, contained: contained, way: way)
        try file.write(contentsOf: try encoder.encode(line) + Data("\n".utf8))
    }
}
