import Foundation
import Linux
import SandboxProtocol
import Sandboxing

/// What came of the programs, one line of JSON each, for the table in docs/security.md.
///
/// Written to the directory that JUDGE_ATTACK_RESULTS names, in a file named for the way that the
/// sandbox stood: `root-v1.jsonl`, `user-v2.jsonl`, and `ranges-v1.jsonl` for a user with
/// ids in /etc/subuid.
final class AttackResults: Sendable {
    private let file: FileHandle
    private let way: String

    /// The way that this process's slots stand.
    static func way() throws -> String {
        let version = try CgroupHierarchy.find().version == .v1 ? "v1" : "v2"
        let who =
            switch Standing.own {
            case .root: "root"
            case .oneIdentity: "user"
            case .ownIdentity: "ranges"
            }
        return "\(who)-\(version)"
    }

    /// - Returns: nil unless results are asked for.
    init?() throws {
        guard let directory = ProcessInfo.processInfo.environment["JUDGE_ATTACK_RESULTS"] else {
            return nil
        }
        way = try Self.way()
        let path = "\(directory)/\(way).jsonl"
        // In one step: on the machine with cgroup v2 what an ordinary user makes is another's, as whom
        // that machine runs here, and he could not open it a second time.
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
        let descriptor = Glibc.open(path, flags, 0o644)
        guard descriptor >= 0 else {
            throw AttackError("cannot write \(path): \(String(cString: strerror(errno)))")
        }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// A program in the sandbox.
    struct Inside: Encodable {
        var name: String
        var cases: [String]
        var attack: String
        var expected: [String]
        var got: String
        /// Whether it came to what is expected and nothing on the host changed.
        var contained: Bool
        var way: String
        /// Why it is not run without the sandbox; nil where it is.
        var untried: String?
    }

    /// A program without the sandbox.
    struct Outside: Encodable {
        var name: String
        var succeededOutside: Bool
    }

    func add(_ attack: Attack, got: String, contained: Bool) throws {
        var untried: String?
        if case .untried(let why) = attack.outside { untried = why }
        try write(
            Inside(
                name: attack.title, cases: attack.cases, attack: attack.sentence,
                expected: attack.expected, got: got, contained: contained, way: way,
                untried: untried))
    }

    func add(_ attack: Attack, succeededOutside: Bool) throws {
        try write(Outside(name: attack.title, succeededOutside: succeededOutside))
    }

    private func write(_ line: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try file.write(contentsOf: try encoder.encode(line) + Data("\n".utf8))
    }
}
