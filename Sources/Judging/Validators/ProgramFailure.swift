import JudgeCore
import SandboxProtocol
import Units

/// Why the run of a package's own program failed, whatever its exit code is: nil when it ended by
/// itself within its limits. The end of a sentence that begins with the program.
///
/// - Parameter isOwnProgram: whether what could not be executed came with the package; an interpreter
///   of the host that cannot be executed is the machine's fault.
/// - Throws: `machine` when the run could not be set up.
func programFailure(
    _ report: RunReport, isOwnProgram: Bool, limits: RunLimits
) throws(JudgingError) -> String? {
    if report.execErrno != nil && isOwnProgram {
        return "could not be started: \(setupFailure(report))"
    }
    switch report.outcome {
    case .setupFailed: throw .machine(setupFailure(report))
    case .cpuTime: return cpuTimeText(report, limits)
    case .wallTime: return wallTimeText(report, limits)
    case .idle: return idleText(report, limits)
    case .memory: return "was stopped: \(memoryText(report, limits))"
    case .output: return outputText(report, limits)
    case .processes: return processText(limits)
    case .signaled: return endText(report)
    case .exited: return report.oomKills > 0 ? "was stopped: \(memoryText(report, limits))" : nil
    }
}
