import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("A run is over when its group is empty", .serialized)
struct EmptinessTests {
    /// Directories of the runs that go on in this process's slots.
    private static func runGroups() throws -> [String] {
        let files = FileManager.default
        return try CgroupHierarchy.find().bases.flatMap { base -> [String] in
            let slots = (try? files.contentsOfDirectory(atPath: base + "/judge")) ?? []
            return slots.filter { $0.hasPrefix("slot-\(getpid())-") }.flatMap { slot in
                let path = "\(base)/judge/\(slot)"
                let inside = (try? files.contentsOfDirectory(atPath: path)) ?? []
                return inside.filter { $0.hasPrefix("run-") }.map { "\(path)/\($0)" }
            }
        }
    }

    /// Runs a line of shell that says `ready` and waits for a line; meanwhile `meddle` is called.
    private static func run(
        _ line: String, in slot: SandboxSlot, meddle: () throws -> Void
    ) async throws -> RunResult {
        try await slot.resetBox(size: .mebibytes(1))
        let announced = try Announcement()
        let input = Pipe()
        let task = Task {
            defer { announced.close() }
            return try await slot.run(
                RunRequest(
                    arguments: ["sh", "-c", line], workingDirectory: "/tmp", limits: roomy),
                input: .descriptor(input.fileHandleForReading.fileDescriptor),
                stdout: .descriptor(announced.writer), stderr: .captured)
        }
        #expect(await announced.wait() == "ready\n")
        try meddle()
        try input.fileHandleForWriting.close()
        return try await task.value
    }

    @Test(
        "A group that cannot be removed ends its helper, says so, and the slot moves elsewhere",
        .enabled(if: ownsRunGroups, "with a lent range nobody but the helper can meddle"))
    func retired() async throws {
        try await withSlot { slot in
            var left: [String] = []
            await #expect {
                _ = try await Self.run("echo ready; read x; exit 0", in: slot) {
                    for group in try Self.runGroups() {
                        left.append(group + "/left")
                        try FileManager.default.createDirectory(
                            atPath: group + "/left", withIntermediateDirectories: false)
                    }
                }
            } throws: { "\($0)".hasPrefix("cannot remove cgroup run-1: device or resource busy") }
            #expect(!left.isEmpty)
            // As good as new, while the old groups are still there.
            for _ in 0..<2 {
                let next = try await slot.shell("echo next")
                #expect(next.text == "next\n")
            }
            for directory in left {
                #expect(FileManager.default.fileExists(atPath: directory))
                rmdir(directory)
            }
        }
        #expect(try Self.runGroups() == [])
    }

    @Test(
        "A process that got into the group from elsewhere is killed with it or reported",
        .enabled(if: ownsRunGroups, "with a lent range nobody but the helper can meddle"))
    func stranger() async throws {
        let hierarchy = try CgroupHierarchy.find()
        let stranger = Process()
        stranger.executableURL = URL(filePath: "/bin/sleep")
        stranger.arguments = ["3600"]
        try stranger.run()
        defer { if stranger.isRunning { kill(stranger.processIdentifier, SIGKILL) } }
        try await withSlot { slot in
            do {
                let result = try await Self.run("echo ready; read x; exit 0", in: slot) {
                    for group in try Self.runGroups() {
                        try writeControl(
                            "\(stranger.processIdentifier)", to: group + "/cgroup.procs")
                    }
                }
                #expect(hierarchy.version == .v2, "\(result.report)")
                stranger.waitUntilExit()
                #expect(stranger.terminationReason == .uncaughtSignal)
                #expect(result.report.exitCode == 0)
            } catch let error as SandboxError {
                #expect(hierarchy.version == .v1, "\(error)")
                #expect(
                    error.description.contains(
                        "empty the run's cgroup it has processes 2 s after their init ended"))
                #expect(stranger.isRunning)
                kill(stranger.processIdentifier, SIGKILL)
                stranger.waitUntilExit()
            }
            let next = try await slot.shell("echo next")
            #expect(next.text == "next\n")
        }
        #expect(try Self.runGroups() == [])
    }

    @Test("CPU time of what dies with the program is in the account")
    func orphanCpu() async throws {
        // The program waits for input while its child burns, and ends before the child does.
        let result = try await withSlot { slot in
            try await slot.run(program: "burner", ["200"])
        }
        #expect(result.report.exitCode == 0)
        #expect(result.report.cpuTime >= .milliseconds(180), "\(result.report)")
    }
}
