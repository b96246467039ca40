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

    @Test("Without the filter most of those calls do exist, so the test can fail")
    func refusedCallsOutside() async throws {
        let path = NSTemporaryDirectory() + "judge-calls-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let harmless = try await Programs.shared.executable("foreign")
        try Data(harmless).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        let process = Process()
        process.executableURL = URL(filePath: path)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        // The i386 getpid answers outside; inside the same program is killed, below.
        #expect([0, 77].contains(process.terminationStatus))
        #expect(!text.isEmpty)
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
