import Foundation
import Linux
import Sandboxing
import Testing

@Suite("The world inside beside the world outside", .serialized)
struct InspectionTests {
    @Test("A run sees a world of its own, and this process the host's")
    func worlds() async throws {
        let facts = try await withSlot { slot in
            try await Inspection.facts(on: slot, helper: helperPath, limits: roomy)
        }
        func fact(_ key: String) throws -> InspectedFact {
            try #require(facts.first { $0.key == key }, "\(key)")
        }
        for kind in ["user", "mount", "pid", "network", "ipc", "uts", "cgroup"] {
            let seen = try fact("namespace-\(kind)")
            #expect(seen.inside.count == 1 && seen.outside.count == 1)
            #expect(seen.inside != seen.outside, "\(kind)")
        }
        #expect(try fact("process-id").inside == ["2"])
        #expect(try fact("process-id").outside == ["\(getpid())"])
        #expect(try fact("interfaces").inside == ["lo"])
        #expect(try fact("host-name").inside == ["judge"])
        #expect(try fact("user-ids").inside == ["1000 1000 1000 1000"])
        #expect(try fact("environment").inside == ["HOME", "LANG", "PATH"])
        #expect(try fact("descriptors").inside.count == 3)
        #expect(try fact("filter").inside == ["filter"])
        #expect(try fact("no-new-privileges").inside == ["1"])
        #expect(try fact("limit-open-files").inside == ["64 of 64"])
        for set in ["effective", "permitted", "inheritable", "bounding", "ambient"] {
            #expect(try fact("capabilities-\(set)").inside == ["0000000000000000"])
        }
        #expect(try fact("files-in-root").inside.contains("box"))
        #expect(try !fact("files-in-root").inside.contains("sys"))
        #expect(try fact("mounts").inside.contains { $0.hasPrefix("/proc proc ro") })
        // Every key has something to say outside, but for lists that may be empty there.
        let lists = ["groups", "routes", "routes-ipv6", "environment"]
        for fact in facts where !lists.contains(fact.key) {
            #expect(!fact.outside.isEmpty, "\(fact.key)")
        }
    }

    @Test("Rule sets of Landlock are counted", arguments: [0, 1, 3, 16])
    func landlock(layers: Int) async throws {
        let bytes = try await Programs.shared.executable("landlocked")
        let program = NSTemporaryDirectory() + "judge-landlocked-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: program) }
        try Data(bytes).write(to: URL(filePath: program))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["\(layers)", helperPath, "world"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(
            decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        if isUserModeLinux {
            // A kernel without Landlock has no rules to make.
            #expect(process.terminationStatus == 2)
            return
        }
        #expect(process.terminationStatus == 0)
        let fact = World(lines: text).facts.first { $0.key == "landlock-layers" }
        #expect(fact?.values == ["\(layers)"])
    }

    @Test("A world that was written as lines is read as it was, whatever it holds")
    func lines() {
        var world = World()
        world.add("one", "value with spaces")
        world.add("several", ["a", "b\tc", "d\ne\u{1b}[2J"])
        world.add("none", [])
        world.add("many", (0..<300).map(String.init))
        let read = World(lines: world.lines)
        #expect(read == world)
        #expect(read.facts.map(\.key) == ["one", "several", "none", "many"])
        #expect(read.facts[1].values == ["a", "b?c", "d?e?[2J"])
        #expect(read.facts[3].values.count == 129)
        #expect(read.facts[3].values.last == "and 172 more")
    }
}
