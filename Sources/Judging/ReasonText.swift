import SandboxProtocol
import Units

// The sentences of reasons, each with its numbers.

private let segmentationFault: Int32 = 11

func setupFailure(_ report: RunReport) -> String {
    report.reason ?? "the sandbox could not be set up and did not say why"
}

func cpuTimeText(_ report: RunReport, _ limits: RunLimits) -> String {
    "used \(report.cpuTime.secondsText) of \(limits.cpuTime.secondsText)"
}

func wallTimeText(_ report: RunReport, _ limits: RunLimits) -> String {
    "took \(report.wallTime.secondsText) of \(limits.wallTime.secondsText) by the clock, "
        + "with \(report.cpuTime.secondsText) of CPU time"
}

func idleText(_ report: RunReport, _ limits: RunLimits) -> String {
    "took \(report.wallTime.secondsText) of \(limits.wallTime.secondsText) by the clock and only "
        + "waited in the second half of it; \(report.cpuTime.secondsText) of CPU time in all"
}

func memoryText(_ report: RunReport, _ limits: RunLimits) -> String {
    report.reason ?? "peak \(report.memoryPeak) of \(limits.memory), killed by the memory limit"
}

/// A runtime that was refused an allocation larger than anything there is leaves no high peak.
func complaintText(_ report: RunReport, _ limits: RunLimits) -> String {
    "\(endText(report)) and said \(report.memoryComplaint ?? "nothing"): was refused memory at a peak "
        + "of \(report.memoryPeak) of \(limits.memory)"
}

func outputText(_ report: RunReport, _ limits: RunLimits) -> String {
    "wrote \(report.outputBytes) of \(limits.output), stopped by the output limit"
}

func processText(_ limits: RunLimits) -> String {
    "hit the limit of \(limits.processes) processes and threads"
}

/// How the program ended: `exited with code 3`, `was ended by signal 11 (SIGSEGV)`.
func endText(_ report: RunReport) -> String {
    if let call = report.filteredCall {
        return "made the system call \(call), for which the filter ends a run"
    }
    if let signal = report.signal {
        return "was ended by signal \(signal) (\(signalName(signal)))"
    }
    if let code = report.exitCode { return "exited with code \(code)" }
    return "ended without saying how"
}

/// A hint where a stack smaller than the memory may have been what a program met.
func stackText(_ report: RunReport, _ limits: RunLimits) -> String {
    let mayBeFull =
        report.signal == segmentationFault && limits.stack < limits.memory
        && report.memoryPeak >= limits.stack
    return mayBeFull
        ? "; it had used \(report.memoryPeak), and its stack may hold \(limits.stack)" : ""
}

/// Linux numbers, which are the same on x86-64 and arm64.
func signalName(_ signal: Int32) -> String {
    let names = [
        "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE",
        "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT",
        "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU",
        "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ]
    let index = Int(signal) - 1
    return names.indices.contains(index) ? names[index] : "a real-time signal"
}
