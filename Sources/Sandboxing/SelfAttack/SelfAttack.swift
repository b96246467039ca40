// Theory of operation. Before it judges anything the worker attacks its own sandbox: it plants
// canaries on the host and runs the helper, in its mode `probe`, as the program of a few runs in each
// slot. What does not answer clearly counts as got through. The runs are ordinary ones, in slots that
// will judge, so that what is tried is what holds submissions.

import Linux
import SandboxProtocol
import Units

/// The judge's attack on its own sandbox.
package enum SelfAttack {
    /// Slots attacked at one time: each holds a copy of the helper in memory meanwhile.
    private static let atOneTime = 8

    /// Attacks each slot, several at one time.
    /// - Parameters:
    ///   - slots: idle; `/box` is empty afterwards.
    ///   - helper: path of judge-sandbox.
    /// - Returns: one finding for each probe, which fails where one slot's does, behind one about
    ///   the set-up of runs.
    package static func findings(
        on slots: [any Slot], helper: String
    ) async -> [HostFinding] {
        let bytes: [UInt8]
        do throws(SandboxError) {
            bytes = try Inspection.readHelper(helper)
        } catch {
            return [impossible(error.description)]
        }
        let results = await withTaskGroup(of: (Int, [HostFinding]).self) { group in
            var results: [(Int, [HostFinding])] = []
            for (number, slot) in slots.enumerated() {
                if number >= atOneTime, let result = await group.next() { results.append(result) }
                group.addTask { (number, await attack(slot, bytes)) }
            }
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }
        }
        return merged(results.map(\.1))
    }

    private static func attack(_ slot: any Slot, _ helper: [UInt8]) async -> [HostFinding] {
        do throws(SandboxError) {
            return try await Attack(slot: slot, helper: helper).findings()
        } catch {
            return [impossible(error.description)]
        }
    }

    /// The worst that any slot has to say about each probe.
    static func merged(_ results: [[HostFinding]]) -> [HostFinding] {
        var merged = results.first ?? []
        for (slot, findings) in results.enumerated().dropFirst() {
            for var finding in findings where finding.level == .fail {
                finding.found = "slot \(slot): \(finding.found)"
                if let place = merged.firstIndex(where: { $0.name == finding.name }) {
                    if merged[place].level != .fail { merged[place] = finding }
                } else {
                    merged.append(finding)
                }
            }
        }
        return merged
    }

    /// Of a sandbox that cannot be set up: why.
    package static func impossible(_ why: String) -> HostFinding {
        finding(.fail, why, mend: Mends.live.sandbox(why))
    }

    /// Of a machine on which something else has to be mended first.
    package static var notTried: HostFinding {
        finding(.warn, "not tried", mend: "mend first what fails")
    }

    static func possible(_ report: RunReport) -> HostFinding {
        finding(.pass, "a run was set up in \(report.setupTime.wholeMicroseconds) us", mend: nil)
    }

    private static func finding(
        _ level: HostFinding.Level, _ found: String, mend: String?
    ) -> HostFinding {
        HostFinding(
            name: "sandbox", level: level, found: found,
            why: "what cannot be set up is not run with less", mend: mend)
    }
}

/// The runs by which one slot is attacked.
private struct Attack {
    private static let program = "judge-sandbox"
    let slot: any Slot
    /// The helper program, byte for byte.
    let helper: [UInt8]

    func findings() async throws(SandboxError) -> [HostFinding] {
        let canaries: Canaries
        do throws(KernelError) {
            canaries = try Canaries()
        } catch {
            throw SandboxError("cannot \(error)")
        }
        // No submission is as large; the box holds the helper alone.
        try await slot.resetBox(size: .mebibytes(256))
        try await slot.put(name: Self.program, bytes: helper, executable: true)
        let first = SandboxProbe.atOnce
        var (text, report) = try await run(
            first.map(\.name) + ["leave"], canaries, processes: 16, wallTime: .seconds(30))
        var findings = [SelfAttack.possible(report)]
        findings += first.map { Self.judged($0, text, report) }
        (text, report) = try await run(
            SandboxProbe.afterwards.map(\.name), canaries, processes: 8, wallTime: .seconds(30))
        findings += SandboxProbe.afterwards.map { Self.judged($0, text, report) }
        for probe in SandboxProbe.limits {
            let sleeps = probe.ending.contains(.idle)
            (text, report) = try await run(
                [probe.name], canaries, processes: 8,
                wallTime: sleeps ? .milliseconds(50) : .seconds(30))
            findings.append(Self.judged(probe, text, report))
        }
        try await slot.resetBox(size: .mebibytes(1))
        return findings
    }

    private func run(
        _ probes: [String], _ canaries: Canaries, processes: Int, wallTime: Duration
    ) async throws(SandboxError) -> (String, RunReport) {
        let limits = RunLimits(
            cpuTime: .milliseconds(probes == ["cpu-time"] ? 50 : 10_000), wallTime: wallTime,
            memory: .mebibytes(32), processes: processes, tmpSize: .mebibytes(1),
            output: .kibibytes(64))
        let request = RunRequest(
            arguments: ["/box/\(Self.program)", "probe"] + canaries.arguments + probes,
            environment: ["PATH=/usr/bin:/bin"], limits: limits)
        let result = try await slot.run(
            request, input: .empty, stdout: .captured, stderr: .captured)
        guard result.report.outcome != .setupFailed else {
            throw SandboxError(result.report.reason ?? "a run could not be set up")
        }
        return (String(decoding: result.stdout, as: UTF8.self), result.report)
    }

    /// What a probe said of itself, or what became of its run. No clear answer is a bad one.
    private static func judged(
        _ probe: SandboxProbe, _ text: String, _ report: RunReport
    ) -> HostFinding {
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(probe.name)\t") }
        let answer = line.map { String($0.dropFirst(probe.name.utf8.count + 1)) }
        if let answer, answer.hasPrefix("through: ") {
            return probe.finding(.fail, String(answer.dropFirst("through: ".count)))
        }
        if !probe.ending.isEmpty {
            return probe.ending.contains(report.outcome)
                ? probe.finding(.pass, "held: ended by the limit")
                : probe.finding(.fail, "the run ended with \(report.outcome.rawValue)")
        }
        guard let answer, answer.hasPrefix("held: ") else {
            return probe.finding(.fail, "no answer; the run ended with \(report.outcome.rawValue)")
        }
        return probe.finding(.pass, answer)
    }
}
