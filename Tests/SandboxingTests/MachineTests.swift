import Foundation
import Glibc
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// What a machine may be set up like, tried where changing the machine harms nobody.
@Suite(
    "On a machine that is set up against it", .serialized,
    .enabled(if: isUserModeLinux, "changes the machine, so only that of Tests/cgroup2/boot"),
    .enabled(if: geteuid() == 0, "changes the machine, which only root may"))
struct MachineTests {
    @Test("The handler of core_pattern is not started by a run that crashes, whatever it sets")
    func coreHandler() async throws {
        let pattern = "/proc/sys/kernel/core_pattern"
        let before = try String(contentsOfFile: pattern, encoding: .utf8)
        defer { try? write(before, pattern) }
        let marks = NSTemporaryDirectory() + "judge-cores-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: marks, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: marks) }
        // The kernel puts the name of the program that crashed in the place of %e.
        try write("|/usr/bin/touch \(marks)/%e", pattern)

        // Shows that the handler works, also where a limit of 0 forbids files.
        #expect(try await runOutside("core", ["0"]).status == SIGABRT)
        #expect(try FileManager.default.contentsOfDirectory(atPath: marks).count == 1)
        try FileManager.default.removeItem(atPath: marks)
        try FileManager.default.createDirectory(atPath: marks, withIntermediateDirectories: true)

        for arguments in [[], ["0"], ["1"]] {
            let report = try await withSlot { try await $0.run(program: "core", arguments) }.report
            #expect(report.signal == SIGABRT)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: marks) == [])
    }

    @Test("Rights to be less nice and to run in real time do not reach a run")
    func priorities() async throws {
        let kinds = [__RLIMIT_NICE, __RLIMIT_RTPRIO].map { Int32($0.rawValue) }
        var before = kinds.map { _ in rlimit() }
        for (index, kind) in kinds.enumerated() {
            #expect(getrlimit(kind, &before[index]) == 0)
            var wide = rlimit(rlim_cur: 40, rlim_max: 40)
            #expect(setrlimit(kind, &wide) == 0)
        }
        defer {
            for (index, kind) in kinds.enumerated() { _ = setrlimit(kind, &before[index]) }
        }
        let result = try await withSlot { try await $0.shell("cat /proc/self/limits") }
        for name in ["Max nice priority", "Max realtime priority"] {
            let line = result.text.split(separator: "\n").first { $0.hasPrefix(name) }
            let values = line?.dropFirst(name.count).split(separator: " ") ?? []
            #expect(values == ["0", "0"], "\(name)")
        }
    }

    private func write(_ text: String, _ path: String) throws {
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }
}
