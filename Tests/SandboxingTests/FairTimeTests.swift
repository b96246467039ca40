import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// The CPU time that a report states, beside the program's own CPU clock.
///
/// Both are the kernel's and stand still while others run, so that a busy machine makes these tests slow
/// and changes nothing of what they compare.
@Suite(
    "CPU time is fair", .serialized,
    .disabled(if: isUserModeLinux, "starting and ending a program takes a tenth of a second there"))
struct FairTimeTests {
    /// What one run was charged with, and what its own clock said at its end.
    private struct Reading: Sendable {
        var report: RunReport
        var own: Duration?

        /// By how much the report differs, as a share of what the clock said.
        var error: Double { own.map { abs(report.cpuTime / $0 - 1) } ?? .infinity }
    }

    private static let processors = (try? Processors.allowed().count) ?? 1
    /// Runs of each kind on the loaded machine.
    private static let runs =
        ProcessInfo.processInfo.environment["JUDGE_FAIR_RUNS"].flatMap { Int($0) } ?? 8

    private static let limit = Duration.milliseconds(300)

    /// Opens so many slots, each on a processor of its own while there are enough, with the spinner in
    /// each one's box.
    private func withSlots(
        _ count: Int, _ body: @Sendable ([SandboxSlot]) async throws -> Void
    ) async throws {
        let program = try await Programs.shared.executable("fair")
        var slots: [SandboxSlot] = []
        var failure: (any Error)?
        do {
            for index in 0..<count {
                let slot = try await SandboxSlot.open(
                    SlotConfiguration(
                        index: index, helperPath: helperPath,
                        ownProcessor: count <= Self.processors))
                slots.append(slot)
                try await slot.resetBox(size: .mebibytes(4))
                try await slot.put(name: "fair", bytes: program, executable: true)
            }
            try await body(slots)
        } catch { failure = error }
        for slot in slots { await slot.close() }
        if let failure { throw failure }
    }

    private static func spin(
        _ time: Duration, limit: Duration = .seconds(60), on slot: SandboxSlot
    ) async throws -> Reading {
        let result = try await slot.run(
            RunRequest(
                arguments: ["/box/fair", "\(time.wholeMicroseconds)"],
                limits: RunLimits(
                    cpuTime: limit, wallTime: .seconds(600), memory: .mebibytes(64))),
            input: .empty, stdout: .captured, stderr: .captured)
        let own = Int64(result.text.trimmingCharacters(in: .whitespacesAndNewlines))
        return Reading(report: result.report, own: own.map { .microseconds($0) })
    }

    @Test("A second of CPU time is reported to half a hundredth; to three with every slot busy")
    func second() async throws {
        try await withSlots(Self.processors) { slots in
            let alone = try await Self.spin(.seconds(1), on: slots[0])
            #expect(alone.report.outcome == .exited, "\(alone.report)")
            #expect(alone.error < 0.005, "\(alone)")
            let together = try await withThrowingTaskGroup(of: Reading.self) { group in
                for slot in slots { group.addTask { try await Self.spin(.seconds(1), on: slot) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for reading in together { #expect(reading.error < 0.03, "\(reading)") }
        }
    }

    @Test(
        "Up to 0.97 of its limit no program is too slow, and from 1.03 on each, on a loaded machine"
    )
    func edges() async throws {
        // Two for each processor, all of which spin: half of the time each of them waits.
        try await withSlots(2 * Self.processors) { slots in
            let turns = (Self.runs + slots.count - 1) / slots.count
            let readings = try await withThrowingTaskGroup(of: [(Bool, Reading)].self) { group in
                for (index, slot) in slots.enumerated() {
                    group.addTask {
                        var readings: [(Bool, Reading)] = []
                        for turn in 0..<2 * turns {
                            let isLate = (index + turn).isMultiple(of: 2)
                            let reading = try await Self.spin(
                                Self.limit * (isLate ? 1.03 : 0.97), limit: Self.limit, on: slot)
                            readings.append((isLate, reading))
                        }
                        return readings
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(readings.count >= 2 * Self.runs)
            for (isLate, reading) in readings {
                #expect(reading.report.outcome == (isLate ? .cpuTime : .exited), "\(reading)")
                #expect((reading.report.cpuTime > Self.limit) == isLate, "\(reading)")
                if !isLate { #expect(reading.error < 0.03, "\(reading)") }
            }
            let waited = readings.map { $0.1.report.wallTime - $0.1.report.cpuTime }
            #expect(waited.reduce(.zero, +) > .zero, "nobody had to wait")
        }
    }
}
