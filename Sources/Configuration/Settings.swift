package import JudgeCore
package import Units

/// All settings of one judge, as judge.conf says them.
///
/// The judge.conf at the root of the source tree is part of the program: it is the only place where
/// defaults and languages are written down. A file that is read lays its keys over it, section by
/// section; the languages are exactly those of the file as soon as it has one of its own.
package struct Settings: Sendable, Equatable {
    package var database: DatabaseSection
    package var problems: ProblemsSection
    package var queue: QueueSection
    package var worker: WorkerSection
    package var sandbox: SandboxSection
    package var limits: LimitsSection
    package var compile: CompileSection
    package var validators: ValidatorsSection
    package var outputs: OutputsSection
    /// By id, at least one.
    package var languages: [Language]
    /// Directories of the languages' smoke programs, by id. One that begins neither with `/` nor with `./` is not
    /// beside the file that says it, and may have been installed with the program.
    package var smokePrograms: [String: String] = [:]
}

package struct DatabaseSection: Sendable, Equatable {
    package var path: String
}

package struct ProblemsSection: Sendable, Equatable {
    /// Holds a copy of every installed package.
    package var directory: String
}

package struct WorkerSection: Sendable, Equatable {
    /// Runs at one time.
    package var slots: Int
    /// nil for the host name with the process id.
    package var name: String?
    package var lease: Duration
    package var attempts: Int
    /// How long a worker that is told to stop may take.
    package var stop: Duration
    package var log: LogFormat
    /// Of judgings that are made again.
    package var repeatShare: Double
    /// Whether tests of one submission run in idle slots, too.
    package var spreadTests: Bool
}

/// How many turns each class of the queue has beside the others.
package struct QueueSection: Sendable, Equatable {
    package var high: Int
    package var normal: Int
    package var low: Int
    /// What is judged again.
    package var rejudging: Int
}

/// How a worker writes its log. Raw values are those of judge.conf.
package enum LogFormat: String, Sendable, CaseIterable {
    case text
    /// One JSON object a line.
    case json
}

package struct SandboxSection: Sendable, Equatable {
    /// nil: beside the program `judge`, then where a package installs it.
    package var helper: String?
    /// Host user and group id of slot 0; slot n has this plus n.
    package var firstIdentity: UInt32
    /// nil: found by itself.
    package var cgroup: String?
    /// Each slot's runs on a processor of their own, where there are enough.
    package var bindProcessors: Bool
    package var boxSize: ByteCount
    package var tmpSize: ByteCount
    package var fileSize: ByteCount
    package var openFiles: Int
    /// Shown inside the sandbox, beyond the built-in view.
    package var readOnly: [ReadOnlyMount]
}

/// A host path and where it is shown inside; both absolute.
package struct ReadOnlyMount: Sendable, Equatable {
    package var host: String
    package var inside: String

    package init(host: String, inside: String) {
        self.host = host
        self.inside = inside
    }
}

package struct LimitsSection: Sendable, Equatable {
    /// Wall time is so many times the CPU time limit.
    package var wallFactor: Double
    /// But at least this.
    package var wallMinimum: Duration
    /// Share of the time limit on both sides of it within which a run is made again.
    package var timeBand: Double
    /// How often at most.
    package var timeRepeats: Int
    /// Shares of the wall time beyond which a late run was disturbed.
    package var disturbedSteal: Double
    package var disturbedWaiting: Double
    /// CPU time of one test while the time limit of a package that states none is measured.
    package var measuringLimit: Duration
}

package struct CompileSection: Sendable, Equatable {
    package var processes: Int
    package var openFiles: Int
    /// Wall time is so many times the package's compilation time.
    package var wallFactor: Double
    /// All products of one compilation together, and any one file that it writes.
    package var productSize: ByteCount
    package var tmpSize: ByteCount
    /// What a compiler may print before it is stopped.
    package var output: ByteCount
    /// Of the compiler's messages, what is kept: head and tail.
    package var outputKept: ByteCount
    /// Directory of what was compiled; nil: nothing is kept.
    package var cache: String?
    /// Of all that is kept there.
    package var cacheSize: ByteCount
}

package struct ValidatorsSection: Sendable, Equatable {
    package var processes: Int
    /// Compiled validators that are kept, together.
    package var kept: ByteCount
    /// Of what submission and interactor say in one test, what is kept: head and tail.
    package var transcriptKept: ByteCount
}

/// What is kept of what submissions write.
package struct OutputsSection: Sendable, Equatable {
    package var tests: OutputKeeping.Tests
    /// Of each stream of one test.
    package var each: ByteCount
    /// Of one judgement.
    package var total: ByteCount
    /// Of each text of a checker.
    package var message: ByteCount
}
