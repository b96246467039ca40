import SandboxProtocol
import Units

/// The report of `judge sandbox run`, as INTERFACE has it.
struct ReportDocument {
    private let report: RunReport

    init(_ report: RunReport) {
        self.report = report
    }

    var json: JSON {
        .object([
            ("outcome", .string(report.outcome.rawValue)),
            ("exit_code", JSON(report.exitCode)),
            ("signal", JSON(report.signal)),
            ("cpu_time_us", JSON(report.cpuTime)),
            ("user_time_us", JSON(report.userTime)),
            ("system_time_us", JSON(report.systemTime)),
            ("wall_time_us", JSON(report.wallTime)),
            ("voluntary_switches", JSON(report.voluntarySwitches)),
            ("involuntary_switches", JSON(report.involuntarySwitches)),
            ("minor_faults", JSON(report.minorFaults)),
            ("major_faults", JSON(report.majorFaults)),
            ("steal_us", JSON(report.stolenTime)),
            ("cpu_pressure_us", JSON(report.cpuPressure)),
            ("waiting_us", JSON(report.waitingTime)),
            ("memory_peak_bytes", JSON(report.memoryPeak)),
            ("oom_kills", JSON(report.oomKills)),
            ("processes_peak", JSON(report.processesPeak)),
            ("output_bytes", JSON(report.outputBytes)),
            ("setup_us", JSON(report.setupTime)),
            ("filtered_call", JSON(report.filteredCall)),
            ("reason", JSON(report.reason)),
        ])
    }

    /// The program's own, 128 + signal, 124 for time, 137 for memory, 125 when nothing was run.
    var exitCode: Int32 {
        switch report.outcome {
        case .setupFailed: 125
        case .cpuTime, .wallTime, .idle: 124
        case .memory: 137
        case .exited, .signaled, .output, .processes:
            report.signal.map { 128 + $0 } ?? report.exitCode ?? 0
        }
    }
}
