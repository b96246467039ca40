import Foundation
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("The world inside a run", .serialized)
struct NamespaceTests {
    private func world(_ slot: SandboxSlot) async throws -> [String: String] {
        let result = try await slot.run(program: "world")
        #expect(result.report.outcome == .exited, "\(result.report)")
        return Dictionary(
            result.text.split(separator: "\n").map { line in
                let parts = line.split(separator: " ", maxSplits: 1)
                return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
            }, uniquingKeysWith: { first, _ in first })
    }

    @Test("A program runs and its output comes back")
    func hello() async throws {
        let result = try await withSlot { try await $0.run(program: "hello") }
        #expect(result.report.outcome == .exited)
        #expect(result.report.exitCode == 0)
        #expect(result.text == "hello\n")
        #expect(result.report.stdoutBytes == ByteCount(6))
    }

    @Test("Init is 1 and not to be seen, the program 2, and nobody else is there")
    func processes() async throws {
        let seen = try await withSlot { try await world($0) }
        #expect(seen["pid"] == "2")
        #expect(seen["ppid"] == "1")
        #expect(seen["processes"] == "1")
    }

    @Test("There is only loopback, and no route")
    func network() async throws {
        let seen = try await withSlot { try await world($0) }
        #expect(seen["interfaces"] == "1")
        #expect(seen["routes"] == "0")
    }

    @Test("Loopback is up and nothing beyond it can be reached")
    func loopback() async throws {
        let result = try await withSlot { try await $0.run(program: "loopback") }
        #expect(result.text == "loopback works\noutside Network is unreachable\n")
    }

    @Test("The host name is the run's own and the IPC tables are empty")
    func hostAndIPC() async throws {
        let seen = try await withSlot { try await world($0) }
        #expect(seen["host"] == "judge")
        for table in ["msg", "sem", "shm"] { #expect(seen[table] == "0") }
    }

    @Test("The program has no privilege and cannot get one")
    func privileges() async throws {
        let seen = try await withSlot { try await world($0) }
        #expect(seen["uid"] == "1000")
        #expect(seen["gid"] == "1000")
        #expect(seen["Seccomp"] == "2")
        #expect(seen["NoNewPrivs"] == "1")
        for set in ["CapEff", "CapPrm", "CapBnd", "CapAmb", "CapInh"] {
            #expect(seen[set] == "0000000000000000", "\(set)")
        }
        let groups = seen["Groups", default: "?"].trimmingCharacters(in: .whitespaces)
        #expect(groups.isEmpty)
    }

    @Test("Every namespace differs from the host's and from the next run's")
    func freshNamespaces() async throws {
        let (first, second) = try await withSlot { (try await world($0), try await world($0)) }
        for name in ["pid", "net", "mnt", "ipc", "uts", "user", "cgroup"] {
            let host = try FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/ns/\(name)")
            let one = try #require(first["ns-\(name)"])
            let two = try #require(second["ns-\(name)"])
            #expect(one.hasPrefix("\(name):["))
            #expect(one != host, "\(name)")
            // The kernel may give the number of a namespace that is gone to the next one, so two
            // runs are compared while both live, below; here they must at least not be the host's.
            #expect(two != host, "\(name)")
        }
    }

    @Test("Two runs at one time share no namespace")
    func neighbours() async throws {
        let seen = try await withSlot { first in
            try await withSlot { second in
                let line =
                    "for n in /proc/self/ns/*; do readlink $n; done | tr '\\n' ' '; sleep 3600"
                return try await outputs(of: line, in: [first, second])
            }
        }
        let one = Set(seen[0].split(separator: " ").filter { !$0.hasPrefix("time") })
        let two = Set(seen[1].split(separator: " ").filter { !$0.hasPrefix("time") })
        #expect(one.count == 7)
        #expect(one.isDisjoint(with: two))
    }

    /// What each run of an endless line has written when all of them run.
    private func outputs(of line: String, in slots: [SandboxSlot]) async throws -> [String] {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var outputs: [String] = []
            for slot in slots {
                let announced = try Announcement()
                group.addTask {
                    defer { announced.close() }
                    _ = try? await slot.run(
                        RunRequest(arguments: ["sh", "-c", line], limits: roomy), input: .empty,
                        stdout: .descriptor(announced.writer), stderr: .captured)
                }
                outputs.append(await announced.wait())
            }
            group.cancelAll()
            return outputs
        }
    }

    @Test("Only the three standard streams are open, and the environment is what was given")
    func descriptors() async throws {
        let seen = try await withSlot { try await world($0) }
        #expect(seen["descriptors"] == "3")
        #expect(seen["variables"] == "1")
    }

    @Test("Neither /sys nor anybody's home is in the tree")
    func fileView() async throws {
        let seen = try await withSlot { try await world($0) }
        for place in ["sys", "home", "root"] { #expect(seen[place] == "-1") }
        let list = try await withSlot { try await $0.shell("ls /") }
        #expect(
            Set(list.text.split(separator: "\n")).isSubset(of: [
                "bin", "box", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "sbin",
                "space", "tmp", "usr", "var",
            ]), "\(list.text)")
    }

    @Test("The tree cannot be written, but for /tmp and /dev/shm")
    func readOnly() async throws {
        let result = try await withSlot {
            try await $0.shell(
                "for d in / /usr /usr/bin /etc /dev /box /proc /space; do "
                    + "touch $d/x 2>/dev/null && echo wrote $d; done; "
                    + "touch /tmp/x /dev/shm/x && echo tmp")
        }
        #expect(result.text == "tmp\n")
    }

    @Test("What a run leaves in /tmp, /dev/shm and IPC tables is gone in the next")
    func nothingCarriesOver() async throws {
        let (first, second) = try await withSlot {
            (try await $0.run(program: "ipc"), try await $0.run(program: "ipc"))
        }
        #expect(first.text == "found 0 made 5\n")
        #expect(second.text == "found 0 made 5\n")
    }

    @Test("A mount asked for is there, read-only or writable as asked")
    func mounts() async throws {
        let directory = NSTemporaryDirectory() + "judge-mount-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o777])
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data("shown\n".utf8).write(to: URL(filePath: directory + "/file"))
        // createDirectory is subject to the umask.
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o777], ofItemAtPath: directory)
        let mounts = [
            FileMount(host: directory, inside: "/deep/data"),
            FileMount(host: directory, inside: "/out", writable: true),
        ]
        let result = try await withSlot(mounts: mounts) {
            try await $0.shell(
                "cat /deep/data/file; touch /deep/data/no 2>/dev/null || echo refused; "
                    + "echo written > /out/yes")
        }
        #expect(result.text == "shown\nrefused\n")
        let written = try String(contentsOfFile: directory + "/yes", encoding: .utf8)
        #expect(written == "written\n")
    }

    /// Lends a directory of the host that everybody may read.
    private func withDirectory<Value: Sendable>(
        _ body: (String) async throws -> Value
    ) async throws -> Value {
        let directory = NSTemporaryDirectory() + "judge-mount-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: directory + "/inner", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        return try await body(directory)
    }

    @Test("A single file asked for is a copy of its contents, and executable if it was")
    func fileMounts() async throws {
        try await withDirectory { directory in
            let file = directory + "/tool"
            try Data("#!/bin/sh\necho works\n".utf8).write(to: URL(filePath: file))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
            let mounts = [
                FileMount(host: file, inside: "/deep/tool"),
                FileMount(host: file, inside: "/usr/bin/env"),
            ]
            let result = try await withSlot(mounts: mounts) { slot in
                try await slot.shell("/deep/tool; /usr/bin/env; cat /proc/self/mountinfo")
            }
            #expect(result.text.hasPrefix("works\nworks\n"))
            #expect(!result.text.contains("judge-mount"))
            #expect(!result.text.contains(" /tool "))
        }
    }

    @Test("What is mounted below a directory is shown with it", .enabled(if: geteuid() == 0))
    func innerMounts() async throws {
        try await withDirectory { directory in
            let inner = directory + "/inner"
            func must(_ program: String, _ arguments: [String]) throws {
                let process = try Process.run(
                    URL(filePath: program), arguments: arguments)
                process.waitUntilExit()
                try #require(process.terminationStatus == 0)
            }
            try must("/bin/mount", ["-t", "tmpfs", "inner", inner])
            defer { try? must("/bin/umount", [inner]) }
            try Data("deep\n".utf8).write(to: URL(filePath: inner + "/file"))
            let mounts = [FileMount(host: directory, inside: "/data")]
            let result = try await withSlot(mounts: mounts) {
                try await $0.shell("cat /data/inner/file")
            }
            #expect(result.text == "deep\n")
        }
    }

    @Test(
        "Where each run has mounts of its own nothing else can be asked for",
        arguments: ["/tmp/x", "/var/tmp/x", "/dev/shm/x", "/proc", "/box/x", "/dev/x", "/"])
    func ownPlaces(_ place: String) async throws {
        try await withDirectory { directory in
            let error = await #expect(throws: SandboxError.self) {
                try await withSlot(mounts: [FileMount(host: directory, inside: place)]) { _ in }
            }
            #expect(error?.description.contains("\(place), which is each run's own") == true)
        }
    }
}
