import CLinux
import Glibc

/// What a process can see of the world around it: texts under stable keys.
package struct World: Sendable, Equatable {
    /// One thing that is seen: none, one or several values.
    package struct Fact: Sendable, Equatable {
        package var key: String
        package var values: [String]
    }

    package var facts: [Fact] = []

    /// So many values of one key at most; what is more is counted.
    private static let valuesAtMost = 128

    package init() {}

    package mutating func add(_ key: String, _ values: [String]) {
        var shown = values.prefix(Self.valuesAtMost).map(Self.oneLine)
        if values.count > shown.count { shown.append("and \(values.count - shown.count) more") }
        facts.append(Fact(key: key, values: shown))
    }

    package mutating func add(_ key: String, _ value: String) { add(key, [value]) }

    /// What the calling process sees. What it may not see is missing or says so.
    package static func seen() -> World {
        var world = World()
        world.addNamespaces()
        world.addProcesses()
        world.addIdentities()
        world.addNetwork()
        world.addFiles()
        world.addLimits()
        world.addWalls()
        return world
    }

    /// Lines `key<TAB>value`; a key without values is a line without a value.
    package var lines: String {
        facts.map { fact in
            fact.values.isEmpty
                ? "\(fact.key)\n" : fact.values.map { "\(fact.key)\t\($0)\n" }.joined()
        }.joined()
    }

    /// From such lines.
    package init(lines: String) {
        for line in lines.split(separator: "\n") {
            let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
            guard let key = parts.first else { continue }
            if let last = facts.indices.last, facts[last].key == key {
                facts[last].values += parts.dropFirst()
            } else {
                facts.append(Fact(key: key, values: Array(parts.dropFirst())))
            }
        }
    }

    private static func oneLine(_ text: String) -> String {
        String(
            decoding: text.utf8.prefix(512).map {
                $0 < 0x20 || $0 == 0x7f ? UInt8(ascii: "?") : $0
            },
            as: UTF8.self)
    }

    /// How many Landlock rule sets hold the calling process; nil when it cannot be told.
    ///
    /// The kernel says so nowhere, but stacks 16 at most: a child adds empty ones until it may not.
    /// To be called by a process with one thread.
    package static func landlockLayers() -> Int? {
        let most = 16
        let pid = fork()
        guard pid > 0 else {
            if pid < 0 { return nil }
            exit(Int32(addLandlockLayers(atMost: most) ?? 255))
        }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        let added = Int(status >> 8) & 0xff
        guard status & 0x7f == 0, added <= most else { return nil }
        return most - added
    }

    /// - Returns: how many could be added; nil when none can be made.
    private static func addLandlockLayers(atMost most: Int) -> Int? {
        let (createRules, restrictSelf, setNoNewPrivileges) = (444, 446, Int32(38))
        _ = cl_prctl(setNoNewPrivileges, 1, 0)
        // Of all things that rules may be about, executing; a set without rules allows none.
        var handled: UInt64 = 1
        let rules = withUnsafeMutablePointer(to: &handled) {
            cl_call(createRules, Int(bitPattern: $0), MemoryLayout<UInt64>.size, 0, 0, 0)
        }
        guard rules >= 0 else { return nil }
        for number in 0..<most {
            let result = cl_call(restrictSelf, rules, 0, 0, 0, 0)
            if result == -Int(E2BIG) { return number }
            if result < 0 { return nil }
        }
        return most
    }
}
