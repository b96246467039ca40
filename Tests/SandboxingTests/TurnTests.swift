import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Runs that are asked for while another goes on", .timeLimit(.minutes(2)))
struct TurnTests {
    private static func shell(_ line: String) -> RunRequest {
        RunRequest(
            arguments: ["sh", "-c", line], environment: ["PATH=/usr/bin:/bin"],
            workingDirectory: "/tmp", limits: roomy)
    }

    @Test("Each gets its own input and its own output")
    func streams() async throws {
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            let folder = NSTemporaryDirectory() + "judge-turns-\(UUID().uuidString)"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            // One is too long to be copied before its turn.
            let inputs = (0..<30).map { number in
                number == 7 ? String(repeating: "7", count: 100_000) : "in\(number)\n"
            }
            for (number, input) in inputs.enumerated() {
                try Data(input.utf8).write(to: URL(filePath: "\(folder)/\(number)"))
            }
            let outputs = try await withThrowingTaskGroup(of: (Int, RunResult).self) { group in
                for number in inputs.indices {
                    group.addTask {
                        let ignored: @Sendable () -> Void = {}
                        let channels = RunChannels([], closed: number % 3 == 0 ? nil : ignored)
                        let result = try await slot.run(
                            Self.shell("cat; echo err$(wc -c < /dev/null)\(number) >&2"),
                            input: .file("\(folder)/\(number)"), stdout: .captured,
                            stderr: .captured,
                            channels: channels)
                        return (number, result)
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(outputs.count == 30)
            for (number, result) in outputs {
                #expect(result.text == inputs[number])
                #expect(String(decoding: result.stderr, as: UTF8.self) == "err0\(number)\n")
            }
        }
    }

    @Test("To cancel one that waits for its turn does nothing to the one that goes on")
    func cancelled() async throws {
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            let announced = try Announcement()
            let question = try Descriptor.pipe()
            let reader = Descriptor(owning: question.read)
            let writer = Descriptor(owning: question.write)
            let number = reader.number
            let first = Task {
                defer { announced.close() }
                return try await slot.run(
                    Self.shell("echo started; read line; exit 7"),
                    input: .descriptor(number), stdout: .descriptor(announced.writer),
                    stderr: .captured)
            }
            #expect(await announced.wait() == "started\n")
            for _ in 0..<20 {
                let waiting = Task {
                    try await slot.run(
                        Self.shell("echo never"), input: .empty, stdout: .captured,
                        stderr: .captured)
                }
                for _ in 0..<50 { await Task.yield() }
                waiting.cancel()
                // It has its answer when it has had its turn; the next waits behind it.
                Task { _ = try? await waiting.value }
            }
            try writeAll(Array("go\n".utf8), to: writer.number, "the pipe")
            let report = try await first.value.report
            #expect(report.outcome == .exited && report.exitCode == 7)
            #expect(try await slot.shell("echo next").text == "next\n")
            _ = consume reader
        }
    }

    @Test("The channels of a run are closed when it has begun, and of one that never does, too")
    func begun() async throws {
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            let (begun, tell) = AsyncStream.makeStream(of: Void.self)
            let channels = RunChannels([], closed: { tell.finish() })
            let task = Task {
                try await slot.run(
                    Self.shell("exec tail -f /dev/null"), input: .empty, stdout: .captured,
                    stderr: .captured, channels: channels)
            }
            for await _ in begun {}
            task.cancel()
            await #expect(throws: SandboxError.self) { _ = try await task.value }

            let (refused, tellRefused) = AsyncStream.makeStream(of: Void.self)
            await #expect(throws: SandboxError.self) {
                try await slot.run(
                    Self.shell(String(repeating: "x", count: 1 << 20)), input: .empty,
                    stdout: .captured, stderr: .captured,
                    channels: RunChannels([], closed: { tellRefused.finish() }))
            }
            for await _ in refused {}
        }
    }
}
