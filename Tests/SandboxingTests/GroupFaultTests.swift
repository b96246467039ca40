import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// What a group above a run's refuses must not pass for a fault of the program.
@Suite(
    "Groups that give less than a run was promised", .serialized,
    .enabled(if: geteuid() == 0, "needs root for groups at the top of the hierarchies"))
struct GroupFaultTests {
    /// A group at the top of each hierarchy, and a slot beneath it.
    private func withGroup<Value: Sendable>(
        _ body: @Sendable (Group, SandboxSlot) async throws -> Value
    ) async throws -> Value {
        let group = try Group()
        defer { group.remove() }
        let slot = try await SandboxSlot.open(
            SlotConfiguration(index: 0, helperPath: helperPath, cgroup: group.path))
        let result: Result<Value, any Error>
        do { result = .success(try await body(group, slot)) } catch { result = .failure(error) }
        await slot.close()
        return try result.get()
    }

    private func limits(processes: Int, memory: ByteCount = .mebibytes(256)) -> RunLimits {
        RunLimits(
            cpuTime: .seconds(10), wallTime: .seconds(30), memory: memory, processes: processes)
    }

    @Test("Where a group above has no room for a run's processes nothing runs, and it says so")
    func noRoom() async throws {
        try await withGroup { group, slot in
            try group.limitProcesses(to: 20)
            await #expect {
                _ = try await slot.shell("echo ran", limits: limits(processes: 20))
            } throws: {
                "\($0)".contains(
                    "give a run 20 processes and their init, the groups above it have room for 20: "
                        + "resource temporarily unavailable; raise pids.max")
            }
            let fits = try await slot.shell("echo ran", limits: limits(processes: 19))
            #expect(fits.text == "ran\n")
        }
    }

    @Test("A sandbox that was made ahead takes no room from the run that it is for")
    func roomAhead() async throws {
        try await withGroup { group, slot in
            let request = RunRequest(
                arguments: ["/bin/true"], limits: limits(processes: 19))
            for _ in 0..<5 {
                try group.limitProcesses(to: 1_000)
                try await AheadTests.prepare(slot, request)
                try group.limitProcesses(to: 20)
                let result = try await slot.run(
                    request, input: .empty, stdout: .captured, stderr: .captured)
                #expect(result.report.exitCode == 0)
            }
        }
    }

    @Test(
        "Where groups above have little room none is made ahead, so that it lacks to no other slot")
    func roomOfOthers() async throws {
        try await withGroup { group, slot in
            try group.limitProcesses(to: 19)
            let request = RunRequest(arguments: ["/bin/true"], limits: limits(processes: 18))
            let other = try await SandboxSlot.open(
                SlotConfiguration(index: 1, helperPath: helperPath, cgroup: group.path))
            let result: Result<[Int32?], any Error>
            do {
                var codes: [Int32?] = []
                for slot in [slot, other] { try await slot.resetBox(size: .mebibytes(1)) }
                for turn in 0..<4 {
                    for slot in [slot, other] {
                        codes.append(
                            try await slot.run(
                                request, input: .empty, stdout: .captured, stderr: .captured
                            ).report.exitCode)
                        // In half of the turns the helper may have something else to do yet.
                        if turn > 1 { try await slot.drop(name: "nothing") }
                    }
                }
                result = .success(codes)
            } catch {
                result = .failure(error)
            }
            await other.close()
            #expect(try result.get() == [Int32?](repeating: 0, count: 8))
        }
    }

    /// Runs a line that waits for a word on its standard input, and changes the group meanwhile.
    private func result(
        of line: String, _ limits: RunLimits, in slot: SandboxSlot,
        after change: @Sendable () throws -> Void
    ) async throws -> RunReport {
        let announced = try Announcement()
        let word = Pipe()
        try await slot.resetBox(size: .mebibytes(1))
        async let ended = slot.run(
            RunRequest(
                arguments: ["/bin/sh", "-c", "echo ready; read word; \(line)"],
                environment: ["PATH=/usr/bin:/bin"], limits: limits),
            input: .descriptor(word.fileHandleForReading.fileDescriptor),
            stdout: .descriptor(announced.writer), stderr: .captured)
        #expect(await announced.wait() == "ready\n")
        try change()
        try word.fileHandleForWriting.write(contentsOf: Data("go\n".utf8))
        return try await ended.report
    }

    @Test("A process that a group above refuses is the judge's error, not the program's")
    func filledMeanwhile() async throws {
        try await withGroup { group, slot in
            let limits = limits(processes: 16)
            let line = "for i in 1 2 3 4 5 6 7 8; do sleep 60 & done; wait"
            await #expect {
                let report = try await result(of: line, limits, in: slot) {
                    try group.limitProcesses(to: 5)
                }
                Issue.record("\(report)")
            } throws: { "\($0)".contains("one was refused by a group above it") }
            // Its own limit stays its own.
            let own = try await result(of: line, self.limits(processes: 4), in: slot) {
                try group.limitProcesses(to: 64)
            }
            #expect(own.outcome == .processes, "\(own)")
        }
    }

    @Test("Where a group above has room for a run and no more, its own limit stays its own")
    func exactRoom() async throws {
        try await withGroup { group, slot in
            try group.limitProcesses(to: 5)
            let line = "sleep 60 & sleep 60 & sleep 60 & sleep 60 & exit 1"
            let result = try await slot.shell(line, limits: limits(processes: 4))
            #expect(result.report.outcome == .processes, "\(result.report)")
        }
    }

    @Test("A run that the memory limit of a group above ends is the judge's error")
    func lessMemory() async throws {
        try await withGroup { group, slot in
            try group.limitMemory(to: 48 << 20)
            let hog = "python3 -c 'x = bytearray(10**8)'"
            await #expect {
                let report = try await slot.shell(hog, limits: limits(processes: 8)).report
                Issue.record("\(report)")
            } throws: {
                "\($0)".contains("give a run 256.0 MiB of memory, it was killed at a peak of ")
            }
            // What meets its own limit first has met its own.
            let own = try await slot.shell(
                hog, limits: limits(processes: 8, memory: .mebibytes(32)))
            #expect(own.report.outcome == .memory)
            let small = try await slot.shell("echo ran", limits: limits(processes: 8))
            #expect(small.text == "ran\n")
        }
    }
}

/// A group of the test's own at the top of every hierarchy that the judge uses.
private struct Group {
    let path: String
    private let directories: [String]
    private let isV2: Bool

    init() throws {
        path = "/judge-faults-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        isV2 = hasCgroup2
        directories = try CgroupHierarchy.find(group: path).bases
        for directory in directories {
            let parent = URL(filePath: directory).deletingLastPathComponent().path
            if isV2 { try writeControl("+memory +pids", to: "\(parent)/cgroup.subtree_control") }
            try #require(mkdir(directory, 0o755) == 0, "\(directory)")
        }
    }

    func remove() {
        for directory in directories { rmdir(directory) }
    }

    /// The first hierarchy is memory's, the second that of pids; on v2 there is one.
    func limitMemory(to bytes: Int) throws {
        let file = isV2 ? "memory.max" : "memory.limit_in_bytes"
        try writeControl("\(bytes)", to: "\(directories[0])/\(file)")
    }

    func limitProcesses(to count: Int) throws {
        try writeControl("\(count)", to: "\(directories[isV2 ? 0 : 1])/pids.max")
    }
}
