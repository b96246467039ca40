// Theory of operation. For each thing of the host that no run may see, one is planted that exists
// nowhere else: in the shell that becomes the helper, so that the worst of surroundings is what a run
// could inherit. A program then prints all that it can find of its world. The same program, become
// from the same shell without a sandbox, must find what was planted: a search that finds nothing
// anywhere would hold nothing.

import Foundation
import Glibc
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite(
    "Canaries of the host", .serialized,
    .enabled(if: geteuid() == 0, "needs root to change what a helper is started from"))
struct CanaryTests {
    struct Canary: Sendable, CustomTestStringConvertible {
        /// The word of what is promised.
        let kind: String
        /// Shell that plants it, in namespaces of its own, in the directory of the test.
        let plant: String
        /// What must not be read.
        var secret = "kanari7f3a"
        /// Where the search begins outside.
        var places = ["/proc/self/"]
        var testDescription: String { kind }
    }

    private static let canaries = [
        Canary(kind: "descriptor", plant: "exec 9<kanari7f3a"),
        Canary(kind: "descriptor with a high number", plant: "exec 200<kanari7f3a"),
        Canary(kind: "environment variable", plant: "export KANARI=kanari7f3a"),
        Canary(kind: "host name", plant: "hostname kanari7f3a"),
        Canary(kind: "domain name", plant: "domainname kanari7f3a"),
        Canary(kind: "path of the working directory", plant: "mkdir kanari7f3a.d; cd kanari7f3a.d"),
        Canary(kind: "path", plant: ":", places: ["/tmp"]),
        Canary(kind: "mount", plant: "mount -t tmpfs kanari7f3a mounted"),
        Canary(
            kind: "mount below a directory that is shown",
            plant: "mount -t tmpfs kanari7f3a /usr/share"),
        Canary(kind: "process", plant: "cd /proc/$(cat pid)", places: ["."]),
        Canary(
            kind: "route",
            plant: "ip link set lo up; ip route add 203.0.113.77/32 dev lo",
            // The address as the kernel writes it.
            secret: "lo\t4D7100CB"),
        Canary(
            kind: "user",
            plant:
                "echo kanari7f3a:x:4711:4711::/:/bin/sh >passwd; mount --bind passwd /etc/passwd",
            places: ["/etc/passwd"]),
        Canary(
            kind: "group of the judge's", plant: "set -- setpriv --groups 47113,47117 \"$@\"",
            secret: "47113 47117"),
        Canary(
            kind: "disk statistic", plant: "mount -t tmpfs -o size=$((7919 * 4))k none shown",
            secret: "\n7919 ", places: ["shown"]),
        Canary(
            kind: "kernel pointer", plant: "grep -m 1 ' _text$' /proc/kallsyms >pointer",
            secret: "_text", places: ["/proc/kallsyms"]),
    ]

    @Test("Nothing that is planted on the host is seen inside", arguments: canaries)
    func hidden(canary: Canary) async throws {
        try await withDirectory { directory in
            let process = Process()
            process.executableURL = URL(filePath: "/bin/bash")
            process.arguments = ["-c", "exec -a kanari7f3a sleep infinity"]
            try process.run()
            defer {
                // Of a thread that blocks SIGTERM, as it may be, it has inherited that.
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
            }
            try Data("\(process.processIdentifier)\n".utf8).write(
                to: URL(filePath: directory + "/pid"))
            let outside = try Self.outside(canary, directory)
            var secret = canary.secret
            if canary.kind == "kernel pointer" {
                secret = String(
                    try readControl(directory + "/pointer").prefix { !$0.isWhitespace })
                #expect(secret.utf8.count == 16, "the kernel tells root no pointers")
            }
            #expect(outside.contains(secret), "\(outside.suffix(4000))")
            let inside = try await Self.inside(canary, directory)
            #expect(!inside.contains(secret))
        }
    }

    /// Lends a directory with what the canaries need, which everybody may enter.
    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        let files = FileManager.default
        let directory = NSTemporaryDirectory() + "judge-canary-\(UUID().uuidString)"
        for name in ["mounted", "shown"] {
            try files.createDirectory(
                atPath: "\(directory)/\(name)", withIntermediateDirectories: true)
        }
        defer { try? files.removeItem(atPath: directory) }
        try Data("kanari7f3a".utf8).write(to: URL(filePath: directory + "/kanari7f3a"))
        let walk = URL(filePath: directory + "/walk")
        try Data(try await Programs.shared.executable("walk")).write(to: walk)
        try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: walk.path)
        try await body(directory)
    }

    /// A program that plants the canary and becomes `command` with its own arguments.
    private static func planter(
        _ canary: Canary, _ directory: String, _ command: String
    ) throws -> String {
        let path = directory + "/planter"
        let inner = directory + "/inner"
        // The seconds of a mount namespace are the helper's surroundings and nobody else's.
        try Data("#!/bin/bash\nexec unshare -m -u -n \(inner) \"$@\"\n".utf8)
            .write(to: URL(filePath: path))
        try Data(
            """
            #!/bin/bash
            PATH=$PATH:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
            cd \(directory)
            set -- \(command) "$@"
            \(canary.plant)
            exec "$@"

            """.utf8
        ).write(to: URL(filePath: inner))
        for file in [path, inner] {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        }
        return path
    }

    private static func outside(_ canary: Canary, _ directory: String) throws -> String {
        let process = Process()
        let walk = canary.kind == "path" ? "\(directory)/walk \(directory)" : "\(directory)/walk"
        process.executableURL = URL(filePath: try planter(canary, directory, walk))
        process.arguments = canary.places
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func inside(_ canary: Canary, _ directory: String) async throws -> String {
        let helper = try planter(canary, directory, helperPath)
        let slot = try await SandboxSlot.open(
            SlotConfiguration(
                index: 0, helperPath: helper,
                mounts: [FileMount(host: directory + "/shown", inside: "/shown")]))
        let result: Result<RunResult, any Error>
        do {
            let bytes = try await Programs.shared.executable("walk")
            try await slot.resetBox(size: .mebibytes(8))
            try await slot.put(name: "walk", bytes: bytes, executable: true)
            result = .success(
                try await slot.run(
                    RunRequest(
                        arguments: ["/box/walk"] + [
                            "/proc", "/dev", "/etc", "/box", "/space", "/tmp", "/var", "/run",
                            "/sys", "/shown",
                        ],
                        extraSyscalls: [.diskSpace],
                        limits: RunLimits(
                            cpuTime: .seconds(60), wallTime: .seconds(180),
                            memory: .mebibytes(256), output: .mebibytes(64))),
                    input: .empty, stdout: .captured, stderr: .captured))
        } catch {
            result = .failure(error)
        }
        await slot.close()
        let found = try result.get()
        #expect(found.report.outcome == .exited, "\(found.report)")
        #expect(found.text.hasSuffix("@end 1\n"), "the search did not end")
        return found.text
    }
}
