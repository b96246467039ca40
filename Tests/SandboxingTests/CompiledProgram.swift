import Foundation

/// C programs of the tests as executables, compiled once for each content of their sources: a second run of the
/// tests, such as that on another version of cgroups, finds them beside the test bundle.
enum CompiledProgram {
    struct CompilerFailed: Error { let output: String }

    /// - Parameters:
    ///   - source: path of a C file.
    ///   - header: what it includes that may change.
    static func bytes(
        of source: String, flags: [String], header: Data = Data()
    ) throws -> [UInt8] {
        let text = try Data(contentsOf: URL(filePath: source))
        let name = URL(filePath: source).lastPathComponent
        let mark = checksum(header + text + Data(flags.joined().utf8))
        let folder = buildDirectory + "/compiled-programs"
        let kept = "\(folder)/\(name).\(mark)"
        if let bytes = try? Data(contentsOf: URL(filePath: kept)) { return [UInt8](bytes) }
        let target = NSTemporaryDirectory() + "judge-compiled-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: target) }
        let run = try Tool.run(["/usr/bin/gcc"] + flags + ["-o", target, source])
        guard run.status == 0 else { throw CompilerFailed(output: "\(name): \(run.output)") }
        let bytes = try Data(contentsOf: URL(filePath: target))
        // An ordinary user may not be let to write beside the test bundle; then nothing is kept.
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
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
