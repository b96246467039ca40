import Glibc
package import SandboxProtocol
package import Units

/// A host file or directory shown inside the sandbox.
package struct FileMount: Sendable, Equatable {
    package var host: String
    package var inside: String
    package var writable: Bool
    /// Left out where the host does not have it when the slot is opened, also anew, and where something else is shown
    /// there.
    package var isOptional: Bool

    package init(host: String, inside: String, writable: Bool = false, isOptional: Bool = false) {
        self.host = host
        self.inside = inside
        self.writable = writable
        self.isOptional = isOptional
    }
}

/// One place where one run happens: an identity, a processor, a cgroup, a helper.
package struct SlotConfiguration: Sendable {
    /// Number of the slot on this machine; the identity is `firstIdentity + index`.
    package var index: Int
    /// Absolute path of `judge-sandbox`.
    package var helperPath: String
    /// First of the host user and group ids that slots run under.
    package var firstIdentity: UInt32
    /// Processor that runs are bound to; nil for any.
    package var cpu: Int?
    /// Whether runs are bound to a processor that no other live slot of the machine has, as long as
    /// one is free; `cpu` comes first.
    package var ownProcessor: Bool
    /// Beyond the built-in file view.
    package var mounts: [FileMount]
    /// Directory below the cgroup mount in which slots make their groups; nil: found by itself.
    package var cgroup: String?

    package init(
        index: Int, helperPath: String, firstIdentity: UInt32 = 20_000, cpu: Int? = nil,
        ownProcessor: Bool = false, mounts: [FileMount] = [], cgroup: String? = nil
    ) {
        self.index = index
        self.helperPath = helperPath
        self.firstIdentity = firstIdentity
        self.cpu = cpu
        self.ownProcessor = ownProcessor
        self.mounts = mounts
        self.cgroup = cgroup
    }

    /// Those of `mounts` that there are now.
    var presentMounts: [FileMount] {
        var taken = Set(mounts.filter { !$0.isOptional }.map(\.inside))
        return mounts.filter {
            !$0.isOptional || (access($0.host, F_OK) == 0 && taken.insert($0.inside).inserted)
        }
    }
}

/// Why the sandbox could not do what was asked: the operator's or the machine's fault, never the
/// program's.
package struct SandboxError: Error, Sendable, CustomStringConvertible {
    /// What could not be done, to what, why, and what to do; lower case, no full stop.
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// What a run reads from standard input.
package enum RunInput: Sendable {
    case empty
    case bytes([UInt8])
    /// A host file, given as a sealed private copy so that its name and locks stay outside.
    case file(String)
    /// An open descriptor of this process, lent for the run.
    case descriptor(Int32)
    /// The reading end of a pipe without a name, given away.
    case pipe(RunChannels)
}

/// Where a run's standard output or error goes.
package enum RunOutput: Sendable {
    /// Kept in memory up to the output limit.
    case captured
    /// An open descriptor of this process, lent for the run.
    case descriptor(Int32)
    /// The writing end of a pipe, which does not block, given away: its reader learns of the end of the
    /// stream when the program's last writer has gone.
    case pipe(RunChannels)
}

/// What a run did, and what it wrote.
package struct RunResult: Sendable {
    package var report: RunReport
    /// Empty unless captured.
    package var stdout: [UInt8]
    package var stderr: [UInt8]

    package init(report: RunReport, stdout: [UInt8], stderr: [UInt8]) {
        self.report = report
        self.stdout = stdout
        self.stderr = stderr
    }
}

/// The worker's side of one slot. One run at a time; calls queue behind each other.
///
/// Typical judging: `resetBox`, `put` the sources, `run` the compiler with `boxWritable`, `take` the
/// product, `resetBox`, `put` the product, `run` once per test.
package protocol Slot: Actor {
    /// Replaces `/box` by an empty one that holds at most `size`.
    func resetBox(size: ByteCount) async throws(SandboxError)

    /// Replaces the folder `/box/<name>` by an empty one on a file system of its own that holds at
    /// most `size`, or makes it.
    ///
    /// Runs may write into it when it is `writable`, whatever the rest of the box is; else files can
    /// be put there until the next run.
    func resetFolder(name: String, size: ByteCount, writable: Bool) async throws(SandboxError)

    /// How much of its size the folder `/box/<name>` uses, in whole pages.
    func measureFolder(name: String) async throws(SandboxError) -> ByteCount

    /// Writes a file into `/box`. `name` is a path of plain names; directories are made.
    func put(name: String, bytes: [UInt8], executable: Bool) async throws(SandboxError)

    /// Copies a regular file of the host into `/box`, once and without reading it into memory here.
    func put(name: String, file path: String) async throws(SandboxError)

    /// Runs one program in fresh namespaces and returns when no process of it is left.
    ///
    /// A run that could not be set up is a report with outcome `setupFailed`. Cancelling the task
    /// kills the run within milliseconds and throws; one that waits for another has its answer when that is over.
    func run(
        _ request: RunRequest, input: RunInput, stdout: RunOutput, stderr: RunOutput,
        channels: RunChannels
    ) async throws(SandboxError) -> RunResult

    /// Reads a file that a run left in `/box` or, as `<folder>/<name>`, in a folder of it: opened
    /// beneath there without following links; nil unless it is a regular file with one link.
    /// - Throws: when it is larger than `limit`.
    func take(name: String, atMost limit: ByteCount) async throws(SandboxError) -> [UInt8]?

    /// Removes such a file; without effect where there is none.
    func drop(name: String) async throws(SandboxError)

    /// For looking at this slot's runs from another thread while they go on.
    func watch() async throws(SandboxError) -> RunWatch

    /// A second slot beside this one, with an identity, a box and a helper of its own, for a program
    /// that must not meet this slot's: a checker. Opened when first asked for, closed with this one.
    func companion() async throws(SandboxError) -> any Slot

    /// Slots beside this one for `count` programs that run at one time, each with an identity, a box
    /// and a helper of its own. Opened when first asked for, closed with this one.
    /// - Parameter onLan: whether they can be joined by a network; 2 to 16 of them.
    func crew(of count: Int, onLan: Bool) async throws(SandboxError) -> [any Slot]

    /// Joins the crew by a private network in place of the last one: its slots are the nodes in their
    /// order, and runs there may ask for `.lan`.
    func connectCrew() async throws(SandboxError)

    /// Takes the crew's network away.
    /// - Throws: also when the network was gone before.
    func disconnectCrew() async throws(SandboxError)

    /// Ends the helper and starts another, which sees the host's files as they are now; box, companion and
    /// crew are gone. For when nothing runs here.
    func reopen() async throws(SandboxError)

    /// Ends the helper and removes the slot's cgroups.
    func close() async

    /// Whether runs that are asked for at one time follow one another with nothing between, while a
    /// processor that no slot has is left for whoever looks at the last one's output.
    nonisolated var hasProcessorBeside: Bool { get }
}

extension Slot {
    package nonisolated var hasProcessorBeside: Bool { false }

    /// Runs one program without channels.
    package func run(
        _ request: RunRequest, input: RunInput, stdout: RunOutput, stderr: RunOutput
    ) async throws(SandboxError) -> RunResult {
        try await run(
            request, input: input, stdout: stdout, stderr: stderr, channels: RunChannels([]))
    }
}
