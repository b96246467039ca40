import Dispatch
import Foundation
import SandboxProtocol
import Sandboxing
import Synchronization
import Units

/// Runs of a program that does nothing, beside what the kernel needs for one without a sandbox: in a slot that is
/// ready, and without a pause after the run before.
///
/// What is compared is made by turns, so that whatever else the machine does falls on all of it.
struct SandboxBench {
    private static let limits = RunLimits(
        cpuTime: .seconds(1), wallTime: .seconds(3), memory: .mebibytes(64), processes: 8)
    /// Several times what a sandbox needs to get ready.
    private static let pause = Duration.milliseconds(4)
    /// In which rates are measured, by turns.
    private static let rounds = 3

    let slots: [any Slot]
    /// Of each kind.
    let runs: Int
    let program: BareProgram

    func figures() async throws -> [BenchFigure] {
        for slot in slots {
            try await slot.resetBox(size: .mebibytes(1))
            try await slot.put(name: "nothing", bytes: program.bytes, executable: true)
        }
        return try await latencies() + rates()
    }

    private func latencies() async throws -> [BenchFigure] {
        var (bare, sandboxed, setup, wrapped) = (
            BenchSamples(), BenchSamples(), BenchSamples(), BenchSamples()
        )
        var next = BenchSamples()
        let other = bubblewrap
        for _ in 0..<runs {
            bare.add(try program.spawn())
            if let other { wrapped.add(try program.spawn(by: other)) }
            // The next run's sandbox is made when a report is sent, and gets ready by itself.
            try await Task.sleep(for: Self.pause)
            let report = try await sandboxed.time { try await run(on: slots[0]) }
            setup.add(report.setupTime)
            _ = try await next.time { try await run(on: slots[0]) }
        }
        let floor = ("bare spawn", bare)
        var figures = [
            BenchFigure("bare spawn", bare),
            BenchFigure("sandboxed run", sandboxed, beside: floor),
            BenchFigure("from request to program", setup, beside: floor),
            BenchFigure("sandboxed run after another", next, beside: floor),
        ]
        if other != nil { figures.append(BenchFigure("bubblewrap", wrapped, beside: floor)) }
        return figures
    }

    private func rates() async throws -> [BenchFigure] {
        var (bare, sandboxed, wrapped) = ([Double](), [Double](), [Double]())
        let other = bubblewrap
        for _ in 0..<Self.rounds {
            try Task.checkCancellation()
            bare.append(try spawnRate(by: []))
            if let other { wrapped.append(try spawnRate(by: other)) }
            sandboxed.append(try await runRate())
        }
        let count = slots.count
        let floor = ("bare spawns", Self.median(bare))
        var figures = [
            BenchFigure("bare spawns", slots: count, perSecond: floor.1),
            BenchFigure(
                "sandboxed runs", slots: count, perSecond: Self.median(sandboxed), beside: floor),
        ]
        if other != nil {
            figures.append(
                BenchFigure(
                    "bubblewrap", slots: count, perSecond: Self.median(wrapped), beside: floor))
        }
        return figures
    }

    @discardableResult
    private func run(on slot: any Slot) async throws -> RunReport {
        let result = try await slot.run(
            RunRequest(arguments: ["/box/nothing"], limits: Self.limits), input: .empty,
            stdout: .captured, stderr: .captured)
        guard result.report.outcome == .exited, result.report.exitCode == 0 else {
            throw CommandFailure(
                .unavailable, "a run that does nothing ended as \(result.report.outcome)")
        }
        return result.report
    }

    private func runRate() async throws -> Double {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for slot in slots {
                group.addTask { for _ in 0..<runs { try await run(on: slot) } }
            }
            try await group.waitForAll()
        }
        return Self.rate(runs * slots.count, since: start)
    }

    /// As many loops as slots, each on a thread of its own.
    private func spawnRate(by command: [String]) throws -> Double {
        let failure = Mutex<CommandFailure?>(nil)
        let start = ContinuousClock.now
        DispatchQueue.concurrentPerform(iterations: slots.count) { _ in
            for _ in 0..<runs {
                do throws(CommandFailure) {
                    _ = try program.spawn(by: command)
                } catch {
                    failure.withLock { $0 = error }
                    return
                }
            }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
        return Self.rate(runs * slots.count, since: start)
    }

    /// nil where it is not installed.
    private var bubblewrap: [String]? {
        let path = "/usr/bin/bwrap"
        guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
        return [path, "--unshare-all", "--ro-bind", program.path, "/nothing", "/nothing"]
    }

    private static func rate(_ count: Int, since start: ContinuousClock.Instant) -> Double {
        Double(count) / (start.duration(to: .now) / .seconds(1))
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
}
