import CLinux
import Glibc
import Linux
import SandboxProtocol
import Units

/// Turns what was observed of a run into its report.
struct RunFacts {
    let page: RunPage
    let request: RunRequest
    let group: any RunCgroup
    /// CPU time of the program alone.
    let cpu: CgroupCpu
    let box: Box
    let breach: Supervisor.Breach?
    let endedAt: Int64
    let receivedAt: Int64
    let streams: [OutputStream]
    /// The file system of `/tmp` and `/dev/shm`, which holds what the run left there.
    let tmp: Int32
    let above: GroupsAbove

    /// - Throws: when a counter of the kernel cannot be read; a run without facts has no report.
    func report() throws(KernelError) -> RunReport {
        if page.failedStep != 0 { return setupFailure() }
        var report = RunReport(outcome: .exited)
        if breach == .setUp {
            let patience = Duration.nanoseconds(Supervisor.setUpPatience)
            report.outcome = .setupFailed
            report.reason = "the program was not reached within \(patience.secondsText)"
            return report
        }
        let events = try group.events()
        try account(&report, events)
        let wasLeftAlone = breach == nil && events.oomKills == 0
        if page.startedAt == 0 && wasLeftAlone {
            report.outcome = .setupFailed
            report.reason = "init ended before it reached the program"
            return report
        }
        if page.endedAt == 0 && wasLeftAlone {
            // No program can end its init, and nobody saw how this one would have ended.
            throw KernelError("follow", "a run to its end, its init was killed", errno: ESRCH)
        }
        try decide(&report, events)
        try lookForMemory(&report)
        try lookAbove(report, events)
        return report
    }

    private func setupFailure() -> RunReport {
        var report = RunReport(outcome: .setupFailed)
        let step = Step(rawValue: page.failedStep) ?? .none
        let subject = step == .execProgram ? " \(request.arguments[0])" : ""
        report.reason =
            "\(step.text)\(subject): \(errorText(page.failedErrno))"
            + (step.need.map { $0.mend(page.failedErrno) } ?? "")
        if step == .execProgram { report.execErrno = page.failedErrno }
        return report
    }

    private func account(_ report: inout RunReport, _ events: CgroupEvents) throws(KernelError) {
        let counted = max(1, cpu.user + cpu.system)
        let system = Int64(Double(cpu.total) * Double(cpu.system) / Double(counted))
        report.cpuTime = .microseconds(cpu.total / 1_000)
        report.systemTime = .microseconds(system / 1_000)
        report.userTime = report.cpuTime - report.systemTime
        let started = page.startedAt
        let ended = page.endedAt == 0 ? endedAt : page.endedAt
        report.wallTime = started == 0 ? .zero : .microseconds((ended - started) / 1_000)
        report.setupTime = .microseconds(max(0, started - receivedAt) / 1_000)
        if started > 0 {
            report.startedAt = .microseconds(started / 1_000)
            report.endedAt = .microseconds(max(started, ended) / 1_000)
        }
        if page.hasCounts {
            let (all, own) = (page.counts, page.childCounts)
            report.voluntarySwitches = max(0, all.voluntary_switches - own.voluntary_switches)
            report.involuntarySwitches = max(
                0, all.involuntary_switches - own.involuntary_switches)
            report.minorFaults = max(0, all.minor_faults - own.minor_faults)
            report.majorFaults = max(0, all.major_faults - own.major_faults)
        }
        report.memoryPeak = ByteCount(try group.memoryPeak())
        // Where init is in the group it goes with all the others.
        let withInit = page.endedAt == 0 ? group.extraProcesses : 0
        report.oomKills = max(min(1, events.oomKills), events.oomKills - withInit)
        report.processesPeak = group.processesPeak()
        report.processLimitHits = events.processLimitHits
        report.stdoutBytes = ByteCount(streams[0].count)
        report.stderrBytes = ByteCount(streams[1].count)
    }

    /// - Throws: when the groups above the run's, or the machine, refused what its own limits grant.
    private func lookAbove(_ report: RunReport, _ events: CgroupEvents) throws(KernelError) {
        let memory = MemoryLimit(limit: request.limits.memory)
        if memory.isBreached(events), memory.isFar(from: report.memoryPeak) {
            throw KernelError(
                "give a run",
                "\(request.limits.memory) of memory, it was killed at a peak of "
                    + "\(report.memoryPeak)", errno: ENOMEM,
                mend:
                    "the machine or the judge's group (systemd: MemoryMax) has less than its runs "
                    + "may use; give it more, or fewer slots")
        }
        let processes = request.limits.processes
        guard events.processLimitHits > 0, report.exitCode != 0 || report.outcome != .exited else {
            return
        }
        // Kernels before 6.11 know no peak: there, whether there is room for all now. Init is not reaped
        // yet: where it is in these groups it has its place.
        var reached = report.processesPeak.map { Int64($0) }
        if reached == nil { reached = try above.room() }
        if let reached, reached < Int64(processes) {
            throw GroupsAbove.refusal("\(processes) processes, one was refused by a group above it")
        }
    }

    /// The first limit in time that was broken; where the kernel acted by itself, that one.
    private func decide(_ report: inout RunReport, _ events: CgroupEvents) throws(KernelError) {
        if page.endedAt != 0 {
            report.exitCode = page.exitCode >= 0 ? page.exitCode : nil
            report.signal = page.signal >= 0 ? page.signal : nil
        } else {
            report.signal = SIGKILL
        }
        let limits = request.limits
        let memory = MemoryLimit(limit: limits.memory)
        let processes = ProcessLimit(limit: limits.processes)
        let now = receivedAt
        if memory.isBreached(events) {
            report.outcome = .memory
            let files = try tmpfsUse(tmp, "/tmp of the run")
            report.reason = memory.reason(peak: report.memoryPeak, files: files)
        } else if breach == .output {
            report.outcome = .output
            report.reason = OutputLimit(limit: limits.output).reason()
        } else if breach == .cpuTime || report.cpuTime > limits.cpuTime {
            report.outcome = .cpuTime
            report.reason = CpuTimeLimit(limits.cpuTime, processors: 1, now: now)
                .reason(used: report.cpuTime)
        } else if breach == .idle {
            report.outcome = .idle
            report.reason = WallTimeLimit(limits.wallTime)
                .idleReason(elapsed: report.wallTime, used: report.cpuTime)
        } else if breach == .wallTime || report.wallTime > limits.wallTime {
            report.outcome = .wallTime
            report.reason = WallTimeLimit(limits.wallTime).reason(elapsed: report.wallTime)
        } else if processes.isBreached(events, exitCode: report.exitCode) {
            report.outcome = .processes
            report.reason = processes.reason(events)
        } else {
            report.outcome = report.signal == nil ? .exited : .signaled
            report.reason = breach == .cancelled ? "cancelled" : nil
            if let call = filteredCall(page.filteredCall, architecture: page.filteredArchitecture) {
                report.filteredCall = call
                report.reason = "made the system call \(call), for which the filter ends a run"
            }
        }
    }

    /// A bad end, or waiting in vain, that memory explains becomes the memory's.
    private func lookForMemory(_ report: inout RunReport) throws(KernelError) {
        let memory = MemoryLimit(limit: request.limits.memory)
        let waited = report.outcome == .idle || report.outcome == .wallTime
        let endedBadly =
            [.exited, .signaled].contains(report.outcome) && breach == nil
            && endedAsIfRefused(report)
        guard waited || endedBadly else { return }
        var reason: String?
        if let sockets = group.socketPeak(), sockets >= request.limits.memory.bytes {
            reason = memory.socketReason(ByteCount(sockets))
        }
        if endedBadly {
            let cached = try group.cachedFiles()
            if memory.isNearlyReached(peak: report.memoryPeak, cached: cached) {
                reason = memory.nearReason(peak: report.memoryPeak)
            } else if report.signal == SIGSEGV, let size = box.imageSize(of: request.arguments[0]),
                size > cl_machine_memory()
            {
                reason = memory.imageReason(ByteCount(size))
            }
            report.memoryComplaint = memoryComplaint(
                in: streams[1].tail, or: request.memoryWords)
        }
        guard let reason else { return }
        report.outcome = .memory
        report.reason = reason
    }
}
