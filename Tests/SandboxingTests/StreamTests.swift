import Foundation
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Standard streams that are the caller's", .serialized)
struct StreamTests {
    /// A program that writes without end.
    private func endless(wallTime: Duration) -> RunRequest {
        var limits = roomy
        limits.wallTime = wallTime
        return RunRequest(arguments: ["yes"], workingDirectory: "/tmp", limits: limits)
    }

    @Test("A reader that does not read does not hold up the wall limit", .timeLimit(.minutes(1)))
    func readerThatWaits() async throws {
        let pipe = Pipe()
        let report = try await withSlot { slot in
            try await withSlot { clock in
                try await slot.resetBox(size: .mebibytes(1))
                async let stopped = slot.run(
                    endless(wallTime: .milliseconds(200)), input: .empty,
                    stdout: .descriptor(pipe.fileHandleForWriting.fileDescriptor),
                    stderr: .descriptor(pipe.fileHandleForWriting.fileDescriptor))
                _ = try await clock.run(program: "sleeper", ["1000"])
                // Reads what the run and its helper hold back, and goes away.
                try pipe.fileHandleForReading.close()
                return try await stopped.report
            }
        }
        #expect(report.outcome == .wallTime)
        #expect(report.wallTime < .milliseconds(600), "\(report)")
    }

    @Test("A reader that does not read does not hold up a cancel", .timeLimit(.minutes(1)))
    func cancelBeforeReader() async throws {
        let pipe = Pipe()
        try await withSlot { slot in
            try await withSlot { clock in
                try await slot.resetBox(size: .mebibytes(1))
                let task = Task {
                    try await slot.run(
                        endless(wallTime: .milliseconds(100)), input: .empty,
                        stdout: .descriptor(pipe.fileHandleForWriting.fileDescriptor),
                        stderr: .captured)
                }
                // The run is over by then and only its output waits.
                _ = try await clock.run(program: "sleeper", ["500"])
                task.cancel()
                await #expect(throws: SandboxError.self) { _ = try await task.value }
                #expect(try await slot.shell("echo next").text == "next\n")
            }
        }
        try pipe.fileHandleForReading.close()
    }

    @Test("Output that cannot be written is an error, not a loss")
    func fullTarget() async throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            await #expect {
                _ = try await slot.run(
                    RunRequest(arguments: ["echo", "lost"], limits: roomy), input: .empty,
                    stdout: .descriptor(full.fileDescriptor), stderr: .captured)
            } throws: { "\($0)".contains("no space left on device") }
            #expect(try await slot.shell("echo next").text == "next\n")
        }
    }

    @Test("A directory is no standard input: it would be a way to the host's files")
    func directoryInput() async throws {
        let directory = open("/", O_RDONLY | O_CLOEXEC)
        defer { close(directory) }
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            await #expect {
                _ = try await slot.run(
                    RunRequest(arguments: ["ls", "/proc/self/fd/0/"], limits: roomy),
                    input: .descriptor(directory), stdout: .captured, stderr: .captured)
            } throws: { "\($0)".contains("standard input: not a file, pipe") }
        }
    }

    @Test("Standard input cannot be written, even when the caller's can")
    func writableInput() async throws {
        let path = NSTemporaryDirectory() + "judge-fifo-\(UUID().uuidString)"
        #expect(mkfifo(path, 0o600) == 0)
        let both = open(path, O_RDWR | O_CLOEXEC)
        defer {
            close(both)
            try? FileManager.default.removeItem(atPath: path)
        }
        let result = try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            return try await slot.run(
                RunRequest(arguments: ["sh", "-c", "echo out >&0 || echo refused"], limits: roomy),
                input: .descriptor(both), stdout: .captured, stderr: .captured)
        }
        #expect(result.text == "refused\n")
    }
}
