import Foundation
package import JudgeCore
import Units

/// What a language's smoke programs show, one each. A program is a file called like this, with an ending of
/// the language, or a directory of this name.
package enum SmokeKind: String, Sendable, CaseIterable {
    case empty, reads, loops, crashes, exits, hogs, floods, broken, spawns, unicode, integers
    case recurses

    /// For people: what the program does.
    package var title: String {
        switch self {
        case .empty: "does nothing"
        case .reads: "reads and prints"
        case .loops: "loops for ever"
        case .crashes: "crashes"
        case .exits: "exits with 3"
        case .hogs: "hogs memory"
        case .floods: "floods its output"
        case .broken: "does not compile"
        case .spawns: "starts threads and processes"
        case .unicode: "prints Unicode"
        case .integers: "reads 10^6 integers"
        case .recurses: "recurses 10^5 deep"
        }
    }

    package var expected: Verdict {
        switch self {
        case .empty, .reads, .spawns, .unicode, .integers, .recurses: .accepted
        case .loops: .timeLimit
        case .crashes, .exits: .runTimeError
        case .hogs: .memoryLimit
        case .floods: .outputLimit
        case .broken: .compilerError
        }
    }

    /// The exit status that it must end with, where that is the point.
    package var exitCode: Int32? { self == .exits ? 3 : nil }

    /// CPU time; long where a program is to end, so that no machine is too slow.
    var timeLimit: Duration {
        switch self {
        case .loops: .seconds(1)
        case .empty, .reads, .crashes, .exits, .hogs, .floods, .broken, .spawns, .unicode,
            .integers, .recurses:
            .seconds(10)
        }
    }

    static let integerCount = 1_000_000

    var input: [UInt8] {
        switch self {
        case .reads: Array("3 4\n".utf8)
        case .recurses: Array("100000\n".utf8)
        case .integers: Self.manyIntegers.input
        case .empty, .loops, .crashes, .exits, .hogs, .floods, .broken, .spawns, .unicode: []
        }
    }

    var answer: [UInt8] {
        switch self {
        case .reads: Array("7\n".utf8)
        case .spawns: Array("spawned\n".utf8)
        case .unicode: Array("Grüße, Ωμέγα, 你好, 🙂\n".utf8)
        case .integers: Array("\(Self.manyIntegers.sum)\n".utf8)
        case .recurses: Array("5000050000\n".utf8)
        case .empty, .loops, .crashes, .exits, .hogs, .floods, .broken: []
        }
    }

    /// Their number, then one a line, up to 10^9 in absolute value: a congruential sequence, the same everywhere.
    private static let manyIntegers: (input: [UInt8], sum: Int64) = {
        var text = Array("\(integerCount)\n".utf8)
        var state: UInt64 = 20_261_129
        var sum: Int64 = 0
        for _ in 0..<integerCount {
            // Knuth's MMIX constants.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let number = Int64(state >> 33) % 2_000_000_001 - 1_000_000_000
            sum += number
            text += Array("\(number)\n".utf8)
        }
        return (text, sum)
    }()
}

/// The smoke programs of one language, as they lie in its directory.
package struct SmokePrograms: Sendable {
    /// By what they show, the files of each.
    package var sources: [SmokeKind: [SourceFile]]

    /// Why there can be no program for something, as a file `KIND.absent` says in one sentence.
    package var reasons: [SmokeKind: String] = [:]

    /// What the directory has no program for.
    package var absent: [SmokeKind] { SmokeKind.allCases.filter { sources[$0] == nil } }

    // Programs of a few lines.
    private static let sizeAtMost = 1 << 20
    private static let filesAtMost = 40

    /// Reads a directory. Files of other names stand beside and are passed over.
    ///
    /// - Throws: `refused` where there is no such directory, or two programs for one thing, or an oversized one.
    package init(directory: String, of language: Language) throws(JudgingError) {
        sources = [:]
        for name in try Self.names(in: directory) {
            let base = name.prefix { $0 != "." }
            guard let kind = SmokeKind(rawValue: String(base)) else { continue }
            let path = directory + "/" + name
            if name == "\(kind.rawValue).absent" {
                let text = String(decoding: try Self.read(path).bytes, as: UTF8.self)
                reasons[kind] = String(text.prefix { !$0.isNewline })
                continue
            }
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
                continue
            }
            // Languages that share a directory may have different endings.
            guard isDirectory.boolValue ? name == kind.rawValue : language.accepts(name) else {
                continue
            }
            guard sources[kind] == nil else {
                throw .refused("\(directory) has two smoke programs called \(kind.rawValue)")
            }
            let files =
                isDirectory.boolValue ? try Self.names(in: path).map { path + "/" + $0 } : [path]
            sources[kind] = try files.map { file throws(JudgingError) in try Self.read(file) }
        }
    }

    private static func names(in directory: String) throws(JudgingError) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
            throw .refused("there are no smoke programs: cannot read the directory \(directory)")
        }
        guard names.count <= filesAtMost else {
            throw .refused("\(directory) has more than \(filesAtMost) files")
        }
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    private static func read(_ path: String) throws(JudgingError) -> SourceFile {
        guard let data = FileManager.default.contents(atPath: path), data.count <= sizeAtMost else {
            throw .refused("cannot read the smoke program \(path), or it has more than 1 MiB")
        }
        return SourceFile(name: URL(filePath: path).lastPathComponent, bytes: Array(data))
    }
}
