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

    @Test("Without the filter the i386 table answers, where there is one")
    func foreignTableOutside() async throws {
        let result = try await runOutside("foreign")
        #expect([0, 77].contains(result.status))
        #expect(!result.text.isEmpty)
    }

    /// Runs a program of `Programs/` on the host as nobody, with nothing on standard input.
    private func runOutside(_ program: String) async throws -> (status: Int32, text: String) {
        let path = NSTemporaryDirectory() + "judge-\(program)-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let bytes = try await Programs.shared.executable(program)
        try Data(bytes).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/setpriv")
        process.arguments = ["--reuid", "65534", "--regid", "65534", "--clear-groups", path]
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    #if arch(x86_64)
        @Test(
            "A call through the i386 table ends the process",
            .disabled(if: isUserModeLinux, "user-mode Linux has no such table"))
        func foreignTable() async throws {
            let result = try await withSlot { try await $0.run(program: "foreign") }
            #expect(result.report.outcome == .signaled)
            #expect(result.report.signal == 31)
        }
    #endif
}
