import Foundation
import SandboxProtocol
import Testing
import Units

/// One hostile program of `Attacks/`: its source, and what the comment at its head says of it.
///
/// The head is lines of `// key: value` (`# key: value` in a script) and ends with the first other
/// line; every key below is one, and an unknown one is an error.
struct Attack: Sendable, CustomTestStringConvertible {
    /// What comes out of a run in one word or two: `held`, `refused`, `exit 3`, `signal 31`,
    /// `outcome memory`, or `through: ...`.
    typealias Word = String

    enum Stage: String {
        /// The program runs as a submission does.
        case run
        /// The source is given to the compiler.
        case compile
        /// The program runs as a compiler does; the host then takes what it left.
        case product
        /// The program runs as a compiler does; the host then writes its next file.
        case put
    }

    enum Runs: String {
        case once
        /// Two runs one after the other, with `leave` and `find` as argument.
        case leaveThenFind = "leave, find"
        /// Two runs in two slots; `a` says `ready` before `b` begins.
        case beside = "a beside b"
    }

    enum Outside: Equatable {
        /// The same program succeeds where no sandbox is.
        case through
        /// As above, unless the kernel has no such thing or keeps it from ordinary users.
        case throughOrAbsent
        /// It succeeds as root in namespaces of its own, so that the host is not changed; not always
        /// as the root that an ordinary user is in a user namespace.
        case throughAsRoot
        /// As above, unless this root lacks a right or the kernel has no such thing.
        case throughAsRootOrAbsent
        /// Not tried, and why.
        case untried(String)
    }

    let name: String
    let source: String
    var cases: [String] = []
    var sentence = ""
    var expected: [Word] = []
    var outside = Outside.untried("")
    var stage = Stage.run
    var runs = Runs.once
    var taken = ["product"]
    var limits = RunLimits(
        cpuTime: .seconds(10), wallTime: .seconds(30), memory: .mebibytes(64), processes: 16,
        fileSize: .mebibytes(16), stack: .mebibytes(8), tmpSize: .mebibytes(32),
        output: .mebibytes(1))
    /// Whether it is short enough for the soak.
    var isQuick = true

    var testDescription: String { name }

    /// The name without its ending.
    var title: String { String(name.prefix { $0 != "." }) }

    /// Whether it is run where no sandbox is.
    var isTriedOutside: Bool {
        if case .untried = outside { return false }
        return true
    }

    /// Whether it is root there.
    var isRootOutside: Bool { outside == .throughAsRoot || outside == .throughAsRootOrAbsent }

    /// Whether it must succeed there, as whoever runs the tests.
    var mustSucceedOutside: Bool {
        outside == .through || (outside == .throughAsRoot && geteuid() == 0)
    }

    var isScript: Bool { name.hasSuffix(".sh") || name.hasSuffix(".py") }

    /// Whether a run may come to this. `known` stands for a hole that docs/security.md admits: there
    /// the program must get through, or the document is no longer true.
    func allows(_ word: Word) -> Bool {
        expected.contains(word) || expected.contains("known") && word.hasPrefix("through")
    }

    /// Arguments that start it as the file `path`.
    func command(_ path: String) -> [String] {
        if name.hasSuffix(".sh") { return ["/bin/sh", path] }
        if name.hasSuffix(".py") { return ["/usr/bin/python3", path] }
        return [path]
    }

    /// The arguments of judge.conf for a submission of this language.
    var compilerCommand: [String] {
        let isC = name.hasSuffix(".c")
        return [
            isC ? "/usr/bin/gcc" : "/usr/bin/g++", isC ? "-std=gnu17" : "-std=gnu++17", "-O2",
            "-static", "-o", "program", isC ? "attack.c" : "attack.cpp", "-lm",
        ]
    }
}

struct AttackError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension Attack {
    /// All programs of `Attacks/`, in the order of their names.
    static let all: Result<[Attack], any Error> = Result {
        let directory = try #require(Bundle.module.path(forResource: "Attacks", ofType: nil))
        return try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
            .filter { $0.firstMatch(of: /^[A-J]\d\d-/) != nil }
            .map { name in
                let text = try String(contentsOfFile: directory + "/" + name, encoding: .utf8)
                return try Attack(name: name, source: text)
            }
    }

    /// For the arguments of tests, where nothing can be thrown; another test demands that all parse.
    static var list: [Attack] { (try? all.get()) ?? [] }

    init(name: String, source: String) throws {
        self.name = name
        self.source = source
        for line in source.split(separator: "\n") {
            guard let match = line.firstMatch(of: /^(?:\/\/|#) ([a-z]+): (.+)$/) else {
                if line.hasPrefix("#!") { continue }
                break
            }
            try read(String(match.output.1), String(match.output.2))
        }
        guard !cases.isEmpty, !sentence.isEmpty, !expected.isEmpty, outside != .untried("") else {
            throw AttackError("\(name): its head lacks case, attack, expect or outside")
        }
        let slow = ["outcome cpu-time", "outcome wall-time", "outcome idle"]
        if stage != .run || runs == .beside || expected.contains(where: slow.contains) {
            isQuick = false
        }
    }

    private mutating func read(_ key: String, _ value: String) throws {
        switch key {
        case "case": cases = value.split(separator: " ").map(String.init)
        case "attack": sentence = value
        case "expect": expected = value.components(separatedBy: " or ")
        case "outside": outside = try Self.outside(value, name)
        case "stage": stage = try known(Stage(rawValue: value), key, value)
        case "runs": runs = try known(Runs(rawValue: value), key, value)
        case "take": taken = value.split(separator: " ").map(String.init)
        case "soak": isQuick = value != "no"
        case "limits":
            for pair in value.split(separator: " ") {
                let sides = pair.split(separator: "=")
                guard sides.count == 2 else { throw AttackError("\(name): limits \(pair)") }
                try limit(String(sides[0]), String(sides[1]))
            }
        default: throw AttackError("\(name): unknown key \(key)")
        }
    }

    private static func outside(_ value: String, _ name: String) throws -> Outside {
        let words: [String: Outside] = [
            "through": .through, "through or absent": .throughOrAbsent,
            "through as root": .throughAsRoot, "through as root or absent": .throughAsRootOrAbsent,
        ]
        if let word = words[value] { return word }
        for word in ["harmful: ", "untried: "] where value.hasPrefix(word) {
            return .untried(value)
        }
        throw AttackError("\(name): outside \(value)")
    }

    private func known<Value>(_ value: Value?, _ key: String, _ text: String) throws -> Value {
        guard let value else { throw AttackError("\(name): \(key) \(text)") }
        return value
    }

    private mutating func limit(_ key: String, _ text: String) throws {
        let number = Int64(text.prefix { $0.isNumber }) ?? 0
        let bytes = text.hasSuffix("M") ? ByteCount.mebibytes(number) : .kibibytes(number)
        switch key {
        case "cpu": limits.cpuTime = .milliseconds(number)
        case "wall": limits.wallTime = .milliseconds(number)
        case "memory": limits.memory = bytes
        case "processes": limits.processes = Int(number)
        case "files": limits.openFiles = Int(number)
        case "filesize": limits.fileSize = bytes
        case "stack": limits.stack = bytes
        case "tmp": limits.tmpSize = bytes
        case "output": limits.output = bytes
        default: throw AttackError("\(name): unknown limit \(key)")
        }
    }
}
