import Foundation
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("The system call filter", .serialized)
struct FilterTests {
    @Test("Calls that a program has no business with do not exist")
    func refusedCalls() async throws {
        let result = try await withSlot { try await $0.run(program: "calls") }
        let lines = result.text.split(separator: "\n")
        #expect(lines.count > 80)
        for line in lines {
            #expect(line.hasSuffix(" 38"), "\(line): not ENOSYS")
        }
    }

    @Test("Without the filter, and without rights, most of those calls do exist")
    func refusedCallsOutside() async throws {
        let result = try await runOutside("calls")
        let lines = result.text.split(separator: "\n")
        #expect(lines.count > 80)
        let existing = lines.count { !$0.hasSuffix(" 38") }
        #expect(existing > lines.count / 2, "\(result.text)")
    }

    @Test("What depends on an argument is refused just outside and works just inside")
    func arguments() async throws {
        let result = try await withSlot { try await $0.run(program: "arguments") }
        let lines = result.text.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("- ") } > 50)
        for line in lines {
            #expect(line.hasSuffix(line.hasPrefix("- ") ? " 38" : " 0"), "\(line)")
        }
        // The attempt on init's own limits did not end it.
        #expect(result.report.outcome == .exited)
    }

    @Test("Without the filter what is refused by an argument exists")
    func argumentsOutside() async throws {
        let refused = try await runOutside("arguments").text.split(separator: "\n")
            .filter { $0.hasPrefix("- ") }
        #expect(refused.count > 50)
        let existing = refused.count { !$0.hasSuffix(" 38") }
        #expect(existing > refused.count * 3 / 4, "\(refused)")
    }

    @Test("Of all sockets there are local ones, TCP and UDP, and no other")
    func families() async throws {
        let result = try await withSlot { try await $0.run(program: "families") }
        var allowed: Set<String> = []
        for type in [1, 2] {
            allowed.insert("socket 1 \(type) 0")
            allowed.insert("pair 1 \(type) 0")
            for family in [2, 10] {
                allowed.insert("socket \(family) \(type) 0")
                allowed.insert("socket \(family) \(type) \(type == 1 ? 6 : 17)")
            }
        }
        #expect(Set(result.text.split(separator: "\n").map(String.init)) == allowed)
    }

    @Test("All listeners of a run let so many connections wait, each with so much, and no more")
    func listeners() async throws {
        let result = try await withSlot { slot in
            // The kernel takes a backlog below zero for its longest; one more than it says can wait.
            try await slot.run(
                program: "listeners", ["200", "0x7fffffff", "-1", "54", "4", "49", "48", "0"])
        }
        let full = "\(ENOBUFS)"
        #expect(
            result.text.split(separator: "\n") == [
                "200 0", "0x7fffffff 0", "-1 \(full)", "54 \(full)", "4 0", "49 \(full)", "48 0",
                "0 \(full)", "wish 0", "waiting 0",
            ])
    }

    @Test("Without the filter listeners and what waits at them have no such limits")
    func listenersOutside() async throws {
        let text = try await runOutside("listeners", ["200", "-1", "-1"]).text
        #expect(
            text.split(separator: "\n") == ["200 0", "-1 0", "-1 0", "wish 0", "waiting 1"])
    }

    @Test("Without the filter other families, types and protocols exist")
    func familiesOutside() async throws {
        let lines = try await runOutside("families").text.split(separator: "\n")
        // Netlink; a raw socket, refused for want of the right; sequenced packets.
        for line in ["socket 16 3 0", "socket 2 3 1", "pair 1 5 0"] {
            #expect(lines.contains(Substring(line)))
        }
    }

    @Test("What programs do all day works: threads of every kind, children, signals, timers")
    func twins() async throws {
        let result = try await withSlot { try await $0.run(program: "twins") }
        #expect(
            result.text.split(separator: "\n") == [
                "thread", "raw thread", "fork", "system", "signal", "epoll", "timer", "semaphore",
                "socket pair",
            ])
        #expect(result.report.exitCode == 0)
    }

    @Test("Python starts threads and programs")
    func python() async throws {
        let script = """
            import subprocess, threading
            thread = threading.Thread(target=print, args=("thread",))
            thread.start(); thread.join()
            print(subprocess.run(["echo", "child"], capture_output=True).stdout.decode(), end="")
            """
        let result = try await withSlot { slot in
            try await slot.run(
                RunRequest(
                    arguments: ["python3", "-c", script], workingDirectory: "/tmp", limits: roomy),
                input: .empty, stdout: .captured, stderr: .captured)
        }
        #expect(result.text == "thread\nchild\n", "\(result.errors)")
    }

    @Test(
        "A Java machine starts, with its threads",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/java"), "no Java here"),
        .disabled(if: isUserModeLinux, "takes too long there"))
    func java() async throws {
        let limits = RunLimits(
            cpuTime: .seconds(30), wallTime: .seconds(90), memory: .gibibytes(1), processes: 64)
        let result = try await withSlot { slot in
            try await slot.run(
                RunRequest(
                    arguments: ["java", "-version"], workingDirectory: "/tmp", limits: limits),
                input: .empty, stdout: .captured, stderr: .captured)
        }
        #expect(result.report.exitCode == 0, "\(result.errors)")
        #expect(result.errors.contains("version"))
    }
}

/// Runs a program of `Programs/` on the host without rights, with nothing on standard input.
func runOutside(
    _ program: String, _ arguments: [String] = []
) async throws -> (status: Int32, text: String) {
    let path = NSTemporaryDirectory() + "judge-\(program)-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bytes = try await Programs.shared.executable(program)
    try Data(bytes).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    let process = Process()
    if geteuid() == 0 {
        process.executableURL = URL(filePath: "/usr/bin/setpriv")
        process.arguments =
            ["--reuid", "65534", "--regid", "65534", "--clear-groups", path] + arguments
    } else {
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
    }
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
}
