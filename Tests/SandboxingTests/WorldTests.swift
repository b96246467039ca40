import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// Who may not make device nodes shows the host's.
let hasHostNodes = geteuid() != 0

@Suite("The world outside a run", .serialized)
struct WorldTests {
    private let roomyOutput = RunLimits(
        cpuTime: .seconds(60), wallTime: .seconds(180), memory: .mebibytes(256),
        output: .mebibytes(64))

    private func walk(_ places: [String]) async throws -> String {
        let result = try await withSlot { slot in
            try await slot.run(program: "walk", places, limits: roomyOutput)
        }
        #expect(result.report.outcome == .exited, "\(result.report)")
        #expect(result.text.hasSuffix("@end 1\n"), "the walk did not end")
        return Self.withoutLibraryCache(result.text)
    }

    /// What the walk found but for the linker's list of libraries: they are shown on purpose, and in its
    /// numbers any short text stands by chance.
    private static func withoutLibraryCache(_ text: String) -> String {
        guard let start = text.range(of: "@file /etc/ld.so.cache\n") else { return text }
        let end = text.range(of: "\n@name ", range: start.upperBound..<text.endIndex)
        return String(text[..<start.lowerBound] + text[(end?.lowerBound ?? text.endIndex)...])
    }

    /// The same program without a sandbox.
    private func walkOutside(_ places: [String]) async throws -> String {
        let path = NSTemporaryDirectory() + "judge-walk-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(try await Programs.shared.executable("walk")).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = places
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Where a run looks: all but the host's own programs, which are shown on purpose.
    private let places = [
        "/proc", "/dev", "/etc", "/box", "/space", "/tmp", "/var", "/run", "/sys",
    ]

    @Test("Nothing that tells this host from others can be read inside")
    func secrets() async throws {
        let world = try HostWorld()
        let seen = try await walk(places)
        for secret in world.secrets where seen.contains(secret.text) {
            Issue.record("\(secret.kind) seen inside: \(secret.text)")
        }
    }

    @Test("What must not be seen is found by the same search outside")
    func searchWorks() async throws {
        let world = try HostWorld()
        let seen = try await walkOutside(
            [
                "/proc/self/", "/proc/sys/kernel", "/proc/cmdline", "/etc/passwd",
                "/proc/\(getpid())/status",
            ])
        let found = Set(world.secrets.filter { seen.contains($0.text) }.map(\.kind))
        #expect(
            found.isSuperset(of: [
                "host name", "kernel command line", "boot id", "mount point", "file system", "user",
                "environment", "directory", "disk statistic", "process",
            ]), "\(found)")
    }

    @Test("No mount inside is of a device of the host, and none names one")
    func devices() async throws {
        let world = try HostWorld()
        let lines = try await withSlot { try await $0.shell("cat /proc/self/mountinfo") }.text
            .split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines.count > 8)
        for words in lines {
            #expect(!world.devices.contains(words[2]) || hasHostNodes, "\(words)")
            let kind = words[(words.firstIndex(of: "-") ?? 0) + 1]
            #expect(["tmpfs", "overlay", "proc"].contains(kind) || hasHostNodes, "\(words)")
        }
    }

    @Test("What runs see of every host is what the check of the file view knows of")
    func fileView() async throws {
        let lines = try await withSlot { try await $0.shell("cat /proc/self/mountinfo") }.text
            .split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let shown = lines.filter { $0.contains("overlay") }.map { $0[4] }
        #expect(shown.count > 4)
        for place in shown {
            #expect(
                FileMount.builtIn.contains { place == $0 || place.hasPrefix($0 + "/") }, "\(place)")
        }
    }

    @Test("The kernel shows its processes to a run, and nothing else of itself")
    func proc() async throws {
        let list = try await withSlot { try await $0.shell("cd /proc; echo *") }.text
        let other = list.split(whereSeparator: \.isWhitespace)
            .filter { !["2", "self", "thread-self"].contains($0) }
        #expect(other.isEmpty, "\(list)")
    }

    @Test("No address of the kernel is to be read inside")
    func pointers() async throws {
        let seen = try await walk(["/proc", "/dev", "/etc"])
        // Where a kernel keeps itself; the vsyscall page and a mask of ones are constants.
        let address = try Regex("ffff[89a-f][0-9a-f]{11}")
        let found = seen.split(separator: "\n").filter {
            $0.contains(address) && !$0.contains("[vsyscall]") && !$0.hasPrefix("untag_mask")
        }
        #expect(found.isEmpty, "\(found.prefix(5))")
    }

    @Test("Nothing of /proc can be written, a score for the killer of processes least of all")
    func procIsReadOnly() async throws {
        let result = try await withSlot {
            try await $0.shell(
                "for f in oom_score_adj comm timerslack_ns coredump_filter autogroup uid_map; do "
                    + "(echo 1 >/proc/self/$f) 2>/dev/null && echo wrote $f; done; echo tried")
        }
        #expect(result.text == "tried\n")
    }

    @Test("Devices can be used, and their nodes not be changed, whosever they are")
    func devicesAreReadOnly() async throws {
        let result = try await withSlot {
            try await $0.shell(
                "for f in null zero full random urandom; do touch /dev/$f 2>/dev/null && echo touched $f; "
                    + "done; echo lost >/dev/null && echo >/dev/zero && head -c 3 /dev/urandom | wc -c"
            )
        }
        #expect(result.text == "3\n", "\(result.errors)")
    }

    @Test("Locks of one run are not seen by another that runs at the same time")
    func locks() async throws {
        let files =
            [
                "/", "/usr", "/usr/bin", "/usr/bin/env", "/usr/lib", "/usr/share", "/etc",
                "/etc/passwd", "/etc/ld.so.cache", "/etc/alternatives", "/proc",
                "/proc/self/status",
                "/box", "/box/locks", "/tmp", "/dev", "/lib64/ld-linux-x86-64.so.2",
                "/dev/null", "/dev/zero", "/dev/urandom",
            ]
        let executable = try await Programs.shared.executable("locks")
        try await withSlot { first in
            try await withSlot { second in
                for slot in [first, second] {
                    try await slot.resetBox(size: .mebibytes(8))
                    try await slot.put(name: "locks", bytes: executable, executable: true)
                }
                let announced = try Announcement()
                let holder = Task {
                    defer { announced.close() }
                    return try await first.run(
                        RunRequest(
                            arguments: ["/box/locks", "hold"] + files,
                            extraSyscalls: [.rangeLocks], limits: roomy),
                        input: .empty, stdout: .descriptor(announced.writer), stderr: .captured)
                }
                let held = await announced.wait()
                #expect(held == "locked \(hasHostNodes ? 0 : 2 * files.count)\n")
                let tried = try await second.run(
                    RunRequest(
                        arguments: ["/box/locks", "try"] + files, extraSyscalls: [.rangeLocks],
                        limits: roomy),
                    input: .empty, stdout: .captured, stderr: .captured)
                #expect(tried.report.exitCode == 0)
                #expect(tried.text == "")
                holder.cancel()
                _ = await holder.result
            }
        }
    }

    @Test(
        "The same locks are seen between two processes of one run",
        .enabled(if: !hasHostNodes, "runs that share the host's nodes have no locks"))
    func locksWork() async throws {
        let executable = try await Programs.shared.executable("locks")
        let result = try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(8))
            try await slot.put(name: "locks", bytes: executable, executable: true)
            return try await slot.run(
                RunRequest(
                    arguments: [
                        "sh", "-c",
                        "mkfifo /tmp/f; /box/locks hold /usr/bin/env >/tmp/f & read line </tmp/f; "
                            + "/box/locks try /usr/bin/env",
                    ], extraSyscalls: [.rangeLocks], limits: roomy), input: .empty,
                stdout: .captured, stderr: .captured)
        }
        #expect(result.text == "flock /usr/bin/env\nfcntl /usr/bin/env\nofd /usr/bin/env\n")
    }
}
