package import Units

/// What one run did: facts, never a verdict.
package struct RunReport: Sendable, Equatable {
    package var outcome: RunOutcome
    /// Of the program; nil unless it exited by itself.
    package var exitCode: Int32?
    /// That ended the program; nil when it exited.
    package var signal: Int32?
    /// Of the whole tree.
    package var cpuTime: Duration
    package var userTime: Duration
    package var systemTime: Duration
    /// From exec to the end of the program.
    package var wallTime: Duration
    /// How often threads gave their processor up, and how often they had to: of the program and of all that
    /// were waited for before its end; nil when it was stopped, of which the kernel keeps no count.
    package var voluntarySwitches: Int?
    package var involuntarySwitches: Int?
    /// Touches of memory that was not there yet, and those that had to wait for a disk; as above.
    package var minorFaults: Int?
    package var majorFaults: Int?
    /// What a hypervisor gave to others of the run's processor, on average of all where it had the
    /// choice, in steps of 10 ms. This and the next two are counted from the fifth millisecond on, and nil
    /// for a run that was over then, and where the kernel does not say.
    package var stolenTime: Duration?
    /// How long anybody waited for a processor meanwhile: of the run's group on cgroup v2, of the whole
    /// machine on v1.
    package var cpuPressure: Duration?
    /// How long the whole tree could not go on for want of a processor; nil on v1, whose groups have no
    /// such account.
    package var waitingTime: Duration?
    /// Highest use of the whole tree, page cache included, as the cgroup counts it.
    package var memoryPeak: ByteCount
    /// Processes of the run that the kernel killed for memory.
    package var oomKills: Int
    /// Highest number of processes and threads at one time; nil where the kernel does not say.
    package var processesPeak: Int?
    /// How often a fork or clone was refused by the process limit.
    package var processLimitHits: Int
    /// Bytes the program wrote to standard output and to standard error.
    package var stdoutBytes: ByteCount
    package var stderrBytes: ByteCount
    /// From the request's arrival to exec.
    package var setupTime: Duration
    /// On CLOCK_MONOTONIC, which all runs of a machine share: the exec and the end of the program; nil
    /// where there was none.
    package var startedAt: Duration?
    package var endedAt: Duration?
    /// Why the program could not be executed, with outcome `setupFailed`: its own fault when it was
    /// submitted, the machine's when it is a compiler. nil when it was executed or never reached.
    package var execErrno: Int32?
    /// What a known runtime says on standard error when it is refused memory, where this one said it
    /// and then ended badly; nil otherwise.
    package var memoryComplaint: String?
    /// The system call for which the filter ended the run, with its table: `getpid (i386)`; nil when
    /// the filter did not.
    package var filteredCall: String?
    /// One sentence: which limit with which numbers, or which step of the set-up failed and why.
    package var reason: String?

    package var outputBytes: ByteCount { ByteCount(stdoutBytes.bytes + stderrBytes.bytes) }

    package init(outcome: RunOutcome) {
        self.outcome = outcome
        exitCode = nil
        signal = nil
        cpuTime = .zero
        userTime = .zero
        systemTime = .zero
        wallTime = .zero
        voluntarySwitches = nil
        involuntarySwitches = nil
        minorFaults = nil
        majorFaults = nil
        stolenTime = nil
        cpuPressure = nil
        waitingTime = nil
        memoryPeak = .zero
        oomKills = 0
        processesPeak = nil
        processLimitHits = 0
        stdoutBytes = .zero
        stderrBytes = .zero
        setupTime = .zero
        startedAt = nil
        endedAt = nil
        execErrno = nil
        memoryComplaint = nil
        filteredCall = nil
        reason = nil
    }
}

/// How a run ended. Raw values are the words of `judge sandbox run --report`.
package enum RunOutcome: String, Sendable, Equatable, CaseIterable {
    case exited
    case signaled
    case cpuTime = "cpu-time"
    case wallTime = "wall-time"
    case idle
    case memory
    case output
    case processes
    case setupFailed = "setup-failed"
}
