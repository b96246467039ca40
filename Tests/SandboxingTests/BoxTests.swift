import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("The box", .serialized)
struct BoxTests {
    @Test("A compiler's run may write into the box, a submission's may not")
    func writable() async throws {
        let (compiler, submission) = try await withSlot { slot in
            (
                try await slot.run(program: "writer", ["product", "10"], boxWritable: true),
                try await slot.run(program: "writer", ["product", "10"])
            )
        }
        #expect(compiler.report.exitCode == 0)
        #expect(submission.report.exitCode == 2)
        #expect(submission.text == "Read-only file system\n")
    }

    @Test("Only a regular file with one name is read back, and no more of it than asked")
    func take() async throws {
        try await withSlot { slot in
            let result = try await slot.run(program: "files", boxWritable: true)
            #expect(result.report.exitCode == 0)
            let plain = try await slot.take(name: "plain", atMost: .kibibytes(1))
            #expect(plain == Array("contents".utf8))
            for name in ["twice", "link", "inner-link", "fifo", "directory", "missing"] {
                #expect(try await slot.take(name: name, atMost: .kibibytes(1)) == nil, "\(name)")
            }
            await #expect {
                _ = try await slot.take(name: "large", atMost: .mebibytes(1))
            } throws: { "\($0)".contains("larger than 1.0 MiB") }
            for name in ["", ".", "..", "../etc/passwd", "directory/x", "/etc/passwd"] {
                await #expect(throws: SandboxError.self) {
                    _ = try await slot.take(name: name, atMost: .kibibytes(1))
                }
            }
        }
    }

    @Test("A reset box is empty, and its size is a limit")
    func reset() async throws {
        try await withSlot { slot in
            try await slot.resetBox(size: .kibibytes(64))
            try await slot.put(name: "one", bytes: [1], executable: false)
            await #expect(throws: SandboxError.self) {
                try await slot.put(
                    name: "two", bytes: .init(repeating: 0, count: 1 << 17), executable: false)
            }
            try await slot.resetBox(size: .kibibytes(64))
            #expect(try await slot.take(name: "one", atMost: .kibibytes(1)) == nil)
        }
    }
}
