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

    /// A pipe that takes not one byte more, however slowly the program comes to write.
    private func fullPipe() -> Pipe {
        let pipe = Pipe()
        let writer = pipe.fileHandleForWriting.fileDescriptor
        let flags = fcntl(writer, F_GETFL)
        #expect(fcntl(writer, F_SETFL, flags | O_NONBLOCK) == 0)
        let bytes = [UInt8](repeating: 0, count: 4096)
        while write(writer, bytes, bytes.count) > 0 {}
        #expect(errno == EAGAIN)
        #expect(fcntl(writer, F_SETFL, flags) == 0)
        return pipe
    }

    @Test("A reader that does not read does not hold up the wall limit", .timeLimit(.minutes(1)))
    func readerThatWaits() async throws {
        let pipe = fullPipe()
        let report = try await withSlot { slot in
            try await withSlot { clock in
                try await slot.resetBox(size: .mebibytes(1))
                async let stopped = slot.run(
                    endless(wallTime: .milliseconds(200)), input: .empty,
                    stdout: .descriptor(pipe.fileHandleForWriting.fileDescriptor),
                    stderr: .descriptor(pipe.fileHandleForWriting.fileDescriptor))
                _ = try await clock.run(program: "sleeper", ["3000"])
                // The helper has held the output back until now.
                try pipe.fileHandleForReading.close()
                return try await stopped.report
            }
        }
        #expect([.idle, .wallTime].contains(report.outcome))
        #expect(report.wallTime < .milliseconds(2500), "\(report)")
    }

    @Test("A reader that does not read does not hold up a cancel", .timeLimit(.minutes(1)))
    func cancelBeforeReader() async throws {
        let pipe = fullPipe()
        try await withSlot { slot in
            try await withSlot { clock in
                try await slot.resetBox(size: .mebibytes(1))
                let task = Task {
                    try await slot.run(
                        RunRequest(arguments: ["echo", "late"], limits: roomy), input: .empty,
                        stdout: .descriptor(pipe.fileHandleForWriting.fileDescriptor),
                        stderr: .captured)
                }
                // Wherever the run is by then, its output waits; mostly it is over.
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
