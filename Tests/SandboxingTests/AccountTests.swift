import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// Limits of time and the account of CPU time are the program's alone: from exec on.
@Suite("What a run is charged with", .serialized)
struct AccountTests {
    private static func run(
        _ request: RunRequest, in slot: SandboxSlot
    ) async throws -> RunReport {
        try await slot.run(request, input: .empty, stdout: .captured, stderr: .captured).report
    }

    /// The set-up of a run lasts, and uses, a millisecond at least.
    @Test(
        "A limit shorter than the set-up ends the program, never the set-up",
        arguments: [RunOutcome.cpuTime, .wallTime])
    func shortLimit(outcome: RunOutcome) async throws {
        try await withSlot { slot in
            var request = RunRequest(
                arguments: ["/bin/sh", "-c", "while :; do :; done"], limits: roomy)
            if outcome == .cpuTime {
                request.limits.cpuTime = .microseconds(1)
            } else {
                request.limits.wallTime = .microseconds(1)
            }
            try await slot.resetBox(size: .mebibytes(1))
            // The first two are made when they are asked for, the others ahead. What ending them takes is in the
            // account and not in the time by the clock: on a busy machine more than a millisecond now and then.
            var beyond: [Duration] = []
            for _ in 0..<8 {
                let report = try await Self.run(request, in: slot)
                #expect(report.startedAt != nil, "\(report)")
                // So little time leaves none to be idle in.
                let ended = report.outcome == .idle ? .wallTime : report.outcome
                #expect(ended == outcome, "\(report)")
                #expect(report.wallTime > .zero, "\(report)")
                beyond.append(report.cpuTime - report.wallTime)
            }
            let tolerance = Duration.milliseconds(isUserModeLinux ? 20 : 1)
            for kind in [beyond.prefix(2), beyond.suffix(6)] {
                #expect(try #require(kind.min()) <= tolerance, "\(beyond)")
            }
        }
    }

    @Test("What init does for a program is not charged to it, also when the run is stopped")
    func workOfInit() async throws {
        // Each call of `listen` is put to init, refused ones too. The flood at the end has the run stopped.
        let line = """
            import os, socket, time
            door = socket.socket()
            start = time.process_time()
            while time.process_time() < start + 0.5:
                try: door.listen(1)
                except OSError: pass
            os.write(1, b"%d\\n" % (time.process_time() * 1e6))
            while True: os.write(1, bytes(4096))
            """
        try await withSlot { slot in
            var request = RunRequest(arguments: ["/usr/bin/python3", "-c", line], limits: roomy)
            request.limits.output = .kibibytes(8)
            try await slot.resetBox(size: .mebibytes(1))
            let result = try await slot.run(
                request, input: .empty, stdout: .captured, stderr: .captured)
            #expect(result.report.outcome == .output, "\(result.report) \(result.errors)")
            let own = try #require(result.text.split(separator: "\n").first.flatMap { Int($0) })
            let most = Duration.microseconds(own) * 1.25 + .milliseconds(30)
            #expect(result.report.cpuTime < most, "\(result.report), of \(own) us")
        }
    }

    @Test("A sandbox in which nothing begins is an error of the machine, whatever its limits")
    func neverBegins() async throws {
        try await withSlot { slot in
            try await AheadTests.prepare(slot)
            let child = try #require(AheadTests.processes().last)
            kill(child, SIGSTOP)
            var request = AheadTests.request
            request.limits.cpuTime = .milliseconds(1)
            request.limits.wallTime = .milliseconds(1)
            let stopped = try await Self.run(request, in: slot)
            #expect(stopped.outcome == .setupFailed, "\(stopped)")
            #expect(stopped.reason == "the program was not reached within 10.000 s")
            let next = try await Self.run(AheadTests.request, in: slot)
            #expect(next.exitCode == 0, "\(next)")
        }
    }
}
