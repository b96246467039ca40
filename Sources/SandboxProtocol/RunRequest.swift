package import Units

/// One program to run once in fresh namespaces.
///
/// Paths are as the program sees them. Standard streams travel beside the request as descriptors.
package struct RunRequest: Sendable, Equatable {
    /// `arguments[0]` is the absolute path of the program inside the sandbox; at least one.
    package var arguments: [String]
    /// `NAME=VALUE` each; nothing else is in the environment.
    package var environment: [String]
    /// Absolute, inside the sandbox.
    package var workingDirectory: String
    package var hostname: String
    /// Whether `/box` may be written by the program (a compiler's) or only read (a submission's).
    package var boxWritable: Bool
    /// Which interfaces the run has.
    package var network: Network
    /// How many descriptors the program has beyond the three standard streams: 3, 4, ….
    package var channels: Int
    /// Classes of system calls beyond those that every run has.
    package var extraSyscalls: Set<ExtraSyscalls>
    /// What the program's runtime writes to standard error when it is refused memory, beyond what those
    /// say that every run is known to have.
    package var memoryWords: [String]
    /// Whether the judge leaves a processor idle while this run goes on: the helper may then use it.
    package var hasSpareProcessor: Bool
    package var limits: RunLimits

    package enum Network: UInt8, Sendable, Equatable {
        /// One, which is up.
        case loopback = 0
        /// One, which is down.
        case none = 1
        /// Loopback, and `eth0` on the private network that the run's slot is a node of.
        case lan = 2
    }

    package static let mostChannels = 40
    package static let mostMemoryWords = 16

    package init(
        arguments: [String], environment: [String] = [], workingDirectory: String = "/box",
        hostname: String = "judge", boxWritable: Bool = false, network: Network = .loopback,
        channels: Int = 0, extraSyscalls: Set<ExtraSyscalls> = [],
        memoryWords: [String] = [], hasSpareProcessor: Bool = false, limits: RunLimits
    ) {
        self.hasSpareProcessor = hasSpareProcessor
        self.memoryWords = memoryWords
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.hostname = hostname
        self.boxWritable = boxWritable
        self.network = network
        self.channels = channels
        self.extraSyscalls = extraSyscalls
        self.limits = limits
    }
}

/// What one run may use at most. Every limit is always in force.
package struct RunLimits: Sendable, Equatable {
    /// CPU time of the whole process tree, user and system.
    package var cpuTime: Duration
    /// Elapsed time from exec to the end of the program.
    package var wallTime: Duration
    /// Memory of the whole tree: resident, swap, tmpfs, page tables.
    package var memory: ByteCount
    /// Processes and threads alive at one time.
    package var processes: Int
    /// Descriptors open in one process.
    package var openFiles: Int
    /// Size of any one file that is written.
    package var fileSize: ByteCount
    /// Stack of the main thread.
    package var stack: ByteCount
    /// Everything in `/tmp` and `/dev/shm` together.
    package var tmpSize: ByteCount
    /// Bytes on standard output and standard error together.
    package var output: ByteCount

    package init(
        cpuTime: Duration, wallTime: Duration? = nil, memory: ByteCount, processes: Int = 32,
        openFiles: Int = 64, fileSize: ByteCount = .mebibytes(16), stack: ByteCount? = nil,
        tmpSize: ByteCount = .mebibytes(64), output: ByteCount = .mebibytes(64)
    ) {
        self.cpuTime = cpuTime
        self.wallTime = wallTime ?? cpuTime * 3
        self.memory = memory
        self.processes = processes
        self.openFiles = openFiles
        self.fileSize = fileSize
        self.stack = stack ?? memory
        self.tmpSize = tmpSize
        self.output = output
    }
}
