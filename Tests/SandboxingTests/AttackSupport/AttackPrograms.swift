import Foundation
import Testing

/// The hostile programs as executables, compiled once for each content of their sources: a second
/// run of the suite, such as that on another version of cgroups, finds them beside the test bundle.
struct AttackPrograms: Sendable {
    private let executables: [String: [UInt8]]
    let neighbour: [UInt8]
    /// Runs a program where no sandbox is.
    let outside: [UInt8]

    /// The executable or the script of a program that is run; nil for what only a compiler reads.
    subscript(_ attack: Attack) -> [UInt8]? { executables[attack.name] }

    static func load() async throws -> AttackPrograms {
        let sources = try #require(Bundle.module.path(forResource: "Attacks", ofType: nil))
        let attacks = try Attack.all.get()
        let compiled = attacks.filter { !$0.isScript && $0.stage != .compile }.map(\.name)
        var executables: [String: [UInt8]] = [:]
        for script in attacks where script.isScript {
            executables[script.name] = Array(script.source.utf8)
        }
        let header = try Data(contentsOf: URL(filePath: sources + "/attack.h"))
        let names = compiled + ["neighbour.c", "outside.c"]
        try await withThrowingTaskGroup(of: (String, [UInt8]).self) { group in
            var next = names.startIndex
            func start() {
                guard next < names.endIndex else { return }
                let name = names[next]
                next += 1
                group.addTask {
                    (name, try compile(sources + "/" + name, header: header))
                }
            }
            for _ in 0..<2 { start() }
            while let (name, bytes) = try await group.next() {
                executables[name] = bytes
                start()
            }
        }
        return AttackPrograms(
            executables: executables, neighbour: try #require(executables["neighbour.c"]),
            outside: try #require(executables["outside.c"]))
    }

    private static func compile(_ source: String, header: Data) throws -> [UInt8] {
        let text = try Data(contentsOf: URL(filePath: source))
        let name = URL(filePath: source).lastPathComponent
        // Memory that is written and never read must be written all the same.
        let flags = ["-O1", "-fno-builtin", "-Wall", "-Werror", "-pthread"]
        let mark = checksum(header + text + Data(flags.joined().utf8))
        let kept = "\(buildDirectory)/attack-programs/\(name).\(mark)"
        if let bytes = try? Data(contentsOf: URL(filePath: kept)) { return [UInt8](bytes) }
        let target = NSTemporaryDirectory() + "judge-compiled-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: target) }
        let run = try Tool.run(["/usr/bin/gcc"] + flags + ["-o", target, source])
        guard run.status == 0 else { throw AttackError("\(name): \(run.output)") }
        let bytes = try Data(contentsOf: URL(filePath: target))
        // An ordinary user may not be let to write beside the test bundle; then nothing is kept.
        try? FileManager.default.createDirectory(
            atPath: buildDirectory + "/attack-programs", withIntermediateDirectories: true)
        try? bytes.write(to: URL(filePath: kept), options: .atomic)
        return [UInt8](bytes)
    }

    /// FNV-1a: tells sources apart, which nobody here tries to confuse.
    private static func checksum(_ bytes: Data) -> String {
        var sum: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(sum, radix: 16)
    }
}
