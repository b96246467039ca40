package import JudgeCore
package import SandboxProtocol
import Units

/// When the time of one run is not enough to decide by, and what decides then.
///
/// A run that was stopped late while the machine kept it from going on is made again and not judged. A
/// run that ended by itself near the time limit, on either side, and whose output is right, is judged
/// once, and made again for its time alone: the median of the times decides. What a program writes when
/// it is made again is never judged, so that chance gives it no second answer.
package struct FairTime: Sendable, Equatable, Codable {
    /// Share of the time limit, on both sides of it, that is near.
    package var band: Double = 0.05
    /// How often one test is made again at most.
    package var repeats: Int = 2
    /// Share of its wall time beyond which a late run was disturbed by a hypervisor ...
    package var stolenShare: Double = 0.05
    /// ... or, where it is late by the clock, by waiting for a processor.
    package var waitingShare: Double = 0.1

    package init() {}

    /// The CPU time at which a program is stopped: beyond it no run is near the limit.
    package func stop(for limit: Duration) -> Duration { limit * (1 + band) }

    /// Whether a run ended by itself so close to the limit that another might end on its other side.
    package func isNear(_ report: RunReport, limit: Duration) -> Bool {
        repeats > 0 && report.outcome == .exited && report.cpuTime >= limit * (1 - band)
            && report.cpuTime <= stop(for: limit)
    }

    /// Whether a run was stopped late through no fault of its own.
    package func isDisturbed(_ report: RunReport) -> Bool {
        func exceeds(_ time: Duration?, _ share: Double) -> Bool {
            time.map { $0 > report.wallTime * share } ?? false
        }
        switch report.outcome {
        case .cpuTime: return exceeds(report.stolenTime, stolenShare)
        case .wallTime, .idle:
            return exceeds(report.stolenTime, stolenShare)
                || exceeds(report.waitingTime, waitingShare)
        case .exited, .signaled, .memory, .output, .processes, .setupFailed: return false
        }
    }

    /// Whether further samples cannot change on which side of the limit the median is.
    package func isDecided(_ samples: [TimeSample], limit: Duration, left: Int) -> Bool {
        let counted = samples.filter { $0.use == .counted }
        let late = counted.count { $0.cpuTime > limit }
        let inTime = counted.count - late
        // Of two in the middle the smaller one decides.
        return left == 0 || late > inTime + left || inTime >= late + left
    }
}

extension TimeSample {
    init(_ report: RunReport, _ use: Use) {
        self.init(
            use, cpuTime: report.cpuTime, wallTime: report.wallTime,
            stolenTime: report.stolenTime, waitingTime: report.waitingTime)
    }
}
