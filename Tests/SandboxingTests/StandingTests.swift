import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Root, or an ordinary user", .serialized)
struct StandingTests {
    /// What `body` sees while an endless run goes on in each slot.
    private func whileRunning<Value>(
        in slots: [SandboxSlot], _ body: () throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for slot in slots {
                let announced = try Announcement()
                group.addTask {
                    defer { announced.close() }
                    _ = try? await slot.run(
                        RunRequest(
                            arguments: ["sh", "-c", "echo started; while :; do sleep 3600; done"],
                            workingDirectory: "/tmp", limits: roomy),
                        input: .empty, stdout: .descriptor(announced.writer), stderr: .captured)
                }
                #expect(await announced.wait() == "started\n")
            }
            defer { group.cancelAll() }
            return try body()
        }
    }

    /// The lines `Uid:` and `Gid:` of every shell that descends from this process.
    private func identities() throws -> [String] {
        var parents: [Int: Int] = [:]
        var shells: [Int: String] = [:]
        for pid in try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int.init)
        {
            guard let text = try? readControl("/proc/\(pid)/status") else { continue }
            let lines = text.split(separator: "\n")
            parents[pid] = lines.first { $0.hasPrefix("PPid:") }
                .flatMap { Int($0.split(separator: "\t")[1]) }
            guard text.hasPrefix("Name:\tsh\n") else { continue }
            shells[pid] = lines.filter { $0.hasPrefix("Uid:") || $0.hasPrefix("Gid:") }
                .joined(separator: " ")
        }
        return shells.filter { pid, _ in
            var next = pid
            while let parent = parents[next], parent > 1, parent != Int(getpid()) { next = parent }
            return parents[next] == Int(getpid())
        }.map(\.value)
    }

    @Test(
        "Two runs at one time have different users and groups on the host, and never the judge's",
        .enabled(if: Standing.own != .oneIdentity, "an ordinary user without a range has one id"))
    func ownIdentities() async throws {
        let seen = try await withSlot { first in
            try await withSlot { second in
                try await whileRunning(in: [first, second]) { try identities() }
            }
        }
        // A shell that starts a program is for a moment two.
        let users = Set(seen)
        #expect(users.count == 2, "\(seen)")
        let numbers = users.map { $0.split { !$0.isNumber }.compactMap { UInt32($0) } }
        for number in numbers {
            #expect(number.count == 8)
            #expect(Set(number.prefix(4)).count == 1)
            #expect(Set(number.suffix(4)).count == 1)
            #expect(!number.contains(geteuid()))
        }
        #expect(Set(numbers.map { $0.first }).count == 2)
        #expect(Set(numbers.map { $0.last }).count == 2)
    }

    @Test(
        "Without a range a run is the judge's user on the host, and knows no other id",
        .enabled(if: Standing.own == .oneIdentity, "root and users with a range have ids to give"))
    func oneIdentity() async throws {
        let (seen, map) = try await withSlot { slot in
            (
                try await whileRunning(in: [slot]) { try identities() },
                try await slot.shell("cat /proc/self/uid_map /proc/self/gid_map; chown 0 /tmp")
            )
        }
        let numbers = seen.first?.split { !$0.isNumber }.compactMap { UInt32($0) } ?? []
        #expect(Set(numbers.prefix(4)) == [geteuid()])
        #expect(Set(numbers.suffix(4)) == [getegid()])
        #expect(map.text.split { $0.isWhitespace } == ["1000", "0", "1", "1000", "0", "1"])
        #expect(map.report.exitCode == 1)
    }

    @Test(
        "Where the user may make no group, the sentence names it and the command that gives one",
        .enabled(if: Standing.own != .root, "root may make groups everywhere"))
    func refusedGroup() async throws {
        let version = try CgroupHierarchy.find().version
        await #expect {
            _ = try await SandboxSlot.open(
                SlotConfiguration(index: 0, helperPath: helperPath, cgroup: "/"))
        } throws: { error in
            let text = "\(error)"
            let command = version == .v1 ? "run: sudo install -d -o " : "judge-worker"
            return text.contains(": permission denied; ") && text.contains(command)
        }
    }

    @Test(
        "A group in which others sit is left as it is, and the sentence names them",
        .enabled(if: hasCgroup2, "on v1 a group with processes may have children"))
    func occupiedGroup() async throws {
        let hierarchy = try CgroupHierarchy.find()
        let base = try #require(hierarchy.bases.first)
        // While the slot lives, the groups beside it have controllers.
        try await withSlot { _ in
            let name = "judge-occupied-\(getpid())"
            let group = "\(base)/\(name)"
            try FileManager.default.createDirectory(
                atPath: group, withIntermediateDirectories: false)
            defer { rmdir(group) }
            let stranger = Process()
            stranger.executableURL = URL(filePath: "/bin/sleep")
            stranger.arguments = ["3600"]
            try stranger.run()
            defer {
                kill(stranger.processIdentifier, SIGKILL)
                stranger.waitUntilExit()
            }
            try writeControl("\(stranger.processIdentifier)", to: group + "/cgroup.procs")
            let path = String(group.dropFirst("/sys/fs/cgroup".utf8.count))
            await #expect {
                _ = try await SandboxSlot.open(
                    SlotConfiguration(index: 0, helperPath: helperPath, cgroup: path))
            } throws: {
                "\($0)".contains("in it sits process \(stranger.processIdentifier) (sleep)")
            }
            #expect(
                try readControl(group + "/cgroup.procs") == "\(stranger.processIdentifier)")
        }
    }

    @Test(
        "Where no program may gain rights, slots share their user instead of failing",
        .enabled(if: Standing.own == .ownIdentity, "the machine lends this user no ids"))
    func noNewPrivileges() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/setpriv")
        let judge = URL(filePath: helperPath).deletingLastPathComponent().appending(path: "judge")
        process.arguments = [
            "--no-new-privs", judge.path, "sandbox", "run", "--", "/bin/cat", "/proc/self/uid_map",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        // The run's user is the 0 of its helper's namespace, which is the judge's own.
        let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
        #expect(words.count == 3 && words[1] == "0")
    }

}
