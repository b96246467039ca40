// Theory of operation. A slot is one place where one run happens at a time: a host identity that no
// other live slot has, a processor, cgroup directories, and a helper process (see SandboxEngine).
// The actor runs on a thread of its own because its calls wait for the helper. Inputs go in as
// sealed copies in memory and outputs come back through memory, so that no host path, lock or page
// cache is shared with a run.

import Glibc
import Linux
package import SandboxProtocol
package import Units

/// A slot backed by a `judge-sandbox` helper.
package actor SandboxSlot: Slot {
    private let thread = SlotThread()
    let configuration: SlotConfiguration
    /// What makes the networks that this slot is a node of.
    private let lan: LanHelper?
    /// This slot's place in such a network.
    private var seat: LanSeat?
    private var place: SlotPlace
    /// Places that something of a run cannot be cleared from; nobody gets their identities.
    private var lost: [SlotPlace] = []
    private let processor: SlotProcessor?
    /// Whether other slots know which processor this one has.
    private let hasOwnProcessor: Bool
    private var helper: HelperConnection?
    private var second: SandboxSlot?
    /// What runs in several slots at one time.
    var crew: Crew?
    private(set) var isClosed = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        thread.asUnownedSerialExecutor()
    }

    /// Takes an identity, makes the cgroup directories and starts the helper.
    /// - Throws: the step that failed, on what, why, and what to do.
    package static func open(
        _ configuration: SlotConfiguration
    ) async throws(SandboxError) -> SandboxSlot {
        try await open(configuration, lan: nil)
    }

    /// - Parameter lan: makes the networks that the slot will be a node of.
    static func open(
        _ configuration: SlotConfiguration, lan: LanHelper?
    ) async throws(SandboxError) -> SandboxSlot {
        let slot = try SandboxSlot(configuration, lan: lan)
        do throws(SandboxError) {
            try await slot.start()
            return slot
        } catch {
            await slot.close()
            throw error
        }
    }

    private init(_ configuration: SlotConfiguration, lan: LanHelper?) throws(SandboxError) {
        self.configuration = configuration
        self.lan = lan
        do throws(KernelError) {
            place = try SlotPlace(configuration, inLan: lan != nil)
            let isBound = configuration.cpu == nil && configuration.ownProcessor
            processor = isBound ? try SlotProcessor() : nil
            hasOwnProcessor = processor != nil
        } catch {
            thread.finish()
            throw SandboxError("cannot \(error)")
        }
    }

    private func start() throws(SandboxError) {
        guard !isClosed else { throw SandboxError("the slot is closed") }
        func flat(_ mounts: [FileMount]) -> [String] { mounts.flatMap { [$0.host, $0.inside] } }
        let (user, group) = (place.identity.user, place.identity.group)
        let mounts = configuration.presentMounts
        let joined = place.identity.standing == .root ? nil : lan?.userNamespace
        let setup = HelperSetup(
            standing: place.identity.standing, identity: place.identity.inside,
            cpu: cpu.map { Int32($0) }, cgroup: place.cgroupVersion,
            readOnly: flat(mounts.filter { !$0.writable }),
            writable: flat(mounts.filter(\.writable)), joinsLan: joined != nil)
        let started = try HelperConnection(path: configuration.helperPath)
        _ = try started.setUp(
            .setUp(setup), place.cgroup.descriptors + (joined.map { [$0] } ?? []),
            map: { helper throws(SandboxError) in
                try SubordinateIds.map(user: user, group: group, into: helper)
            })
        helper = started
    }

    var cpu: Int? { configuration.cpu ?? processor?.number }

    private func connection() throws(SandboxError) -> HelperConnection {
        guard let helper else { throw SandboxError("the slot is closed") }
        return helper
    }

    /// A helper that died is replaced here, where a judging begins; where that failed the last time,
    /// it is tried again.
    package func resetBox(size: ByteCount) async throws(SandboxError) {
        if !isClosed, helper?.isAlive != true {
            helper = nil
            try clearPlace()
            try start()
        }
        _ = try connection().ask(.resetBox(size: size))
    }

    /// Removes what the last helper left; where that cannot be, the slot moves to another place.
    private func clearPlace() throws(SandboxError) {
        do throws(KernelError) {
            try place.cgroup.removeRuns()
        } catch {
            lost.append(place)
            place = try kernel { () throws(KernelError) in
                try SlotPlace(configuration, inLan: lan != nil)
            }
        }
    }

    package func put(
        name: String, bytes: [UInt8], executable: Bool
    ) async throws(SandboxError) {
        let contents = try kernel { () throws(KernelError) in try MemoryFile.sealed(bytes) }
        _ = try connection().ask(
            .put(name: name, executable: executable), [contents.number])
    }

    package func put(name: String, file path: String) async throws(SandboxError) {
        let contents = try kernel { () throws(KernelError) in
            // A pipe in its place must not hold up the slot.
            let file = try Descriptor.open(path, O_RDONLY | O_NONBLOCK)
            guard try fileFacts(file.number, path).isRegular else {
                throw KernelError("read", "\(path): not a regular file", errno: EINVAL)
            }
            return file
        }
        _ = try connection().ask(.put(name: name, executable: false), [contents.number])
    }

    package func resetFolder(
        name: String, size: ByteCount, writable: Bool
    ) async throws(SandboxError) {
        _ = try connection().ask(.resetFolder(name: name, size: size, writable: writable))
    }

    package func measureFolder(name: String) async throws(SandboxError) -> ByteCount {
        guard case .size(let size) = try connection().ask(.measureFolder(name: name)).reply else {
            throw SandboxError("the sandbox helper answered a measurement with something else")
        }
        return size
    }

    package func companion() async throws(SandboxError) -> any Slot {
        if let second { return second }
        var configuration = configuration
        configuration.cpu = cpu
        let opened = try await SandboxSlot.open(configuration)
        // Others had their turn meanwhile.
        guard !isClosed, second == nil else {
            await opened.close()
            guard let second else { throw SandboxError("the slot is closed") }
            return second
        }
        second = opened
        return opened
    }

    /// Takes a place in a network, or leaves the last one.
    func sit(_ seat: LanSeat?) {
        self.seat = seat
    }

    /// Slots that are not bound have all of them.
    package nonisolated var hasProcessorBeside: Bool {
        hasOwnProcessor && SlotProcessor.isOneLeft
    }

    package nonisolated func run(
        _ request: RunRequest, input: RunInput, stdout: RunOutput, stderr: RunOutput,
        channels: RunChannels
    ) async throws(SandboxError) -> RunResult {
        // Outside of the slot's turn: a run before this one may still be going.
        let streams = RunStreams(input, stdout, stderr, channels)
        return try await runInTurn(request, streams)
    }

    private func runInTurn(
        _ request: RunRequest, _ streams: RunStreams
    ) async throws(SandboxError) -> RunResult {
        let helper = try connection()
        let number = RunNumber()
        let result = await withTaskCancellationHandler {
            // A closure that did not use the actor would run on the cooperative pool and block it.
            self.runOrFail(request, number, on: helper, streams)
        } onCancel: {
            helper.cancel(number)
        }
        if Task.isCancelled { throw SandboxError("the run was cancelled") }
        return try result.get()
    }

    private func runOrFail(
        _ request: RunRequest, _ number: RunNumber, on helper: HelperConnection,
        _ streams: RunStreams
    ) -> Result<RunResult, SandboxError> {
        // Whoever reads what a run writes waits for the last descriptor to be closed.
        defer { streams.closeEnds() }
        do throws(SandboxError) {
            if Task.isCancelled { throw SandboxError("the run was cancelled") }
            return .success(try run(request, number, on: helper, streams))
        } catch {
            return .failure(error)
        }
    }

    private func run(
        _ request: RunRequest, _ number: RunNumber, on helper: HelperConnection,
        _ streams: RunStreams
    ) throws(SandboxError) -> RunResult {
        let sent = try kernel { () throws(KernelError) in try streams.all() }
        var request = request
        request.channels = streams.channels.numbers.count
        let descriptors =
            try sent.map(\.number) + streams.channels.numbers + network(of: request)
        request.hasSpareProcessor = SlotProcessor.isOneLeft
        let answer = try helper.ask(
            .run(request), descriptors, run: number,
            sent: {
                for stream in sent { stream.close() }
                streams.closeEnds()
            })
        guard case .report(let report) = answer.reply else {
            throw SandboxError("the sandbox helper answered a run with something else")
        }
        let limit = Int(request.limits.output.bytes)
        func captured(
            _ target: RunOutput, _ stream: SentStream, _ count: ByteCount
        ) throws(KernelError) -> [UInt8] {
            guard case .captured = target else { return [] }
            return try readAll(
                stream.number, atMost: min(limit, Int(count.bytes)), "the program's output")
        }
        do throws(KernelError) {
            return RunResult(
                report: report,
                stdout: try captured(streams.stdout, sent[1], report.stdoutBytes),
                stderr: try captured(streams.stderr, sent[2], report.stderrBytes))
        } catch {
            throw SandboxError("cannot \(error)")
        }
    }

    private func network(of request: RunRequest) throws(SandboxError) -> [Int32] {
        guard request.network == .lan else { return [] }
        guard let seat else { throw SandboxError("the slot is no node of a LAN") }
        return [seat.namespace]
    }

    package func drop(name: String) async throws(SandboxError) {
        _ = try connection().ask(.drop(name: name))
    }

    package func watch() async throws(SandboxError) -> RunWatch {
        let helper = try connection()
        return try kernel { () throws(KernelError) in
            try RunWatch(of: helper, cgroups: place.cgroup.descriptors, place.cgroupVersion)
        }
    }

    package func take(
        name: String, atMost limit: ByteCount
    ) async throws(SandboxError) -> [UInt8]? {
        let answer = try connection().ask(.take(name: name))
        let descriptors = answer.descriptors
        defer { for descriptor in descriptors { Glibc.close(descriptor) } }
        guard case .file = answer.reply, let file = descriptors.first else { return nil }
        return try kernel { () throws(KernelError) in
            // One byte more than allowed tells whether there is more.
            let bytes = try readAll(file, atMost: Int(limit.bytes) + 1, name)
            guard bytes.count <= Int(limit.bytes) else {
                throw KernelError("read", "\(name): larger than \(limit)", errno: EFBIG)
            }
            return bytes
        }
    }

    /// Where the new helper cannot be started the next judging tries again.
    package func reopen() async throws(SandboxError) {
        await endHelpers()
        // It may have been closed while others were ended.
        guard !isClosed else { throw SandboxError("the slot is closed") }
        try clearPlace()
        try start()
    }

    private func endHelpers() async {
        await second?.close()
        second = nil
        await crew?.close()
        crew = nil
        seat = nil
        helper?.end()
        helper = nil
    }

    package func close() async {
        guard !isClosed else { return }
        isClosed = true
        await endHelpers()
        // A helper that was killed in the middle of a run could not remove its group.
        for place in lost + [place] {
            try? place.cgroup.removeRuns()
            place.cgroup.remove()
        }
        thread.finish()
    }

    private func kernel<Value: ~Copyable>(
        _ body: () throws(KernelError) -> Value
    ) throws(SandboxError) -> Value {
        do throws(KernelError) { return try body() } catch { throw SandboxError("cannot \(error)") }
    }
}
