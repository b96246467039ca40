import Foundation
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Limits of the shell that the judge was started from", .serialized)
struct InheritedLimitTests {
    /// A helper that starts the true one from a shell with limits.
    private func withSlot<Value: Sendable>(
        limited line: String, _ body: @Sendable (SandboxSlot) async throws -> Value
    ) async throws -> Value {
        let path = NSTemporaryDirectory() + "judge-limited-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("#!/bin/bash\n\(line) && exec '\(helperPath)'\n".utf8)
            .write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        let slot = try await SandboxSlot.open(SlotConfiguration(index: 0, helperPath: path))
        let result: Result<Value, any Error>
        do { result = .success(try await body(slot)) } catch { result = .failure(error) }
        await slot.close()
        return try result.get()
    }

    @Test("Soft limits of the shell do not reach a run")
    func soft() async throws {
        let line = "ulimit -Ss 1024 && ulimit -Sv 8000000 && ulimit -St 900 && ulimit -Sd 4000000"
        let own = "ulimit -v; ulimit -t; ulimit -d; ulimit -s"
        let plain = try await SandboxingTests.withSlot { try await $0.shell(own) }
        let limited = try await withSlot(limited: line) { try await $0.shell(own) }
        #expect(limited.report.outcome == .exited, "\(limited.report)")
        #expect(limited.text == plain.text)
    }

    @Test(
        "A run that asks for more than a hard limit of the shell is refused by its name",
        arguments: [
            ("ulimit -Ht 5", "11 seconds of CPU time, the judge may have 5: "),
            ("ulimit -Hv 200000", "268435456 bytes of address space, the judge may have 204800000"),
            ("ulimit -Hn 40", "64 open files, the judge may have 40: "),
            ("ulimit -Hs 4096", "bytes of stack, the judge may have 4194304: "),
        ])
    func hard(line: String, message: String) async throws {
        await #expect {
            _ = try await withSlot(limited: line.replacing("-H", with: "-S") + " && " + line) {
                try await $0.shell("echo ran")
            }
        } throws: { "\($0)".contains(message) }
    }

    @Test("Hard limits that leave enough change nothing, nor do those of what nobody asks for")
    func enough() async throws {
        let line = "ulimit -c 0 && ulimit -l 0 && ulimit -i 16 && ulimit -t 60"
        let result = try await withSlot(limited: line) { try await $0.shell("echo ran") }
        #expect(result.text == "ran\n")
        #expect(result.report.exitCode == 0)
    }
}
