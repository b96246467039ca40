import CLinux
import Glibc
import Linux
import SandboxProtocol
import Units

/// Waits for one run, moves its output, and stops it at a limit.
///
/// A run is stopped by killing its init, and with it the whole group where the kernel can do that:
/// the kernel kills all that is in the PID namespace and lets init go only when the last of it is gone.
struct Supervisor {
    /// Why the supervisor stopped a run.
    enum Breach {
        case setUp, cpuTime, wallTime, idle, output, cancelled
    }

    /// How long the killed may take to be gone. Who takes longer hangs in the kernel.
    static let patience: Int64 = 10_000_000_000
    /// How long the program may take to be reached. Its own limits say nothing of that.
    static let setUpPatience: Int64 = 10_000_000_000

    /// From when on a run is looked at for what disturbs it. Shorter ones have nothing that the kernel's
    /// accounts could tell, and reading them at their start would hold them up.
    static let youth: Int64 = 5_000_000

    private let sandbox: Sandbox
    private let surroundings: Surroundings
    private let page: UnsafeMutablePointer<RunPage>
    private var group: any RunCgroup { sandbox.group }
    private let streams: [OutputStream]
    private let input: InputRelay?
    private let control: Int32
    /// When the run was sent to its sandbox.
    private let sentAt: Int64
    private var cpu: CpuTimeLimit
    private let wall: WallTimeLimit
    private let output: OutputLimit
    private(set) var breach: Breach?
    /// The accounts of the surroundings when the run was young; nil for one that ended before.
    private(set) var before: Surroundings.Reading?
    private var stoppedAt: Int64 = 0
    /// In the middle of the wall time.
    private var firstLook: WallTimeLimit.Look?
    /// When init was seen to have ended, or to be alone and about to.
    private(set) var endedAt: Int64 = 0
    /// Whether init is still to be heard.
    private var listens = true
    /// The worker is gone: after this run the helper ends too.
    private(set) var isOrphaned = false
    /// Nobody waits for the output any more.
    private var isCancelled = false

    /// - Parameters:
    ///   - sandbox: that the run was started in.
    ///   - control: socket of the worker, watched for `cancel` and for its end.
    init(
        _ sandbox: Sandbox, limits: RunLimits, resources: RunResources, streams: [OutputStream],
        input: InputRelay?, control: Int32
    ) {
        self.sandbox = sandbox
        surroundings = resources.surroundings
        self.streams = streams
        self.input = input
        self.control = control
        page = sandbox.memory.page
        sentAt = cl_monotonic_nanoseconds()
        cpu = CpuTimeLimit(
            limits.cpuTime, processors: min(resources.processors, limits.processes), now: sentAt)
        wall = WallTimeLimit(limits.wallTime)
        output = OutputLimit(limit: limits.output)
    }

    /// Returns when nobody is left but init, which is about to end, and both streams are empty, or
    /// nobody wants them.
    /// - Throws: when what was killed does not end, or a stream cannot be moved.
    mutating func watch() throws(KernelError) {
        // A named pipe that nobody writes to says so to who reads, never to who waits.
        input?.move()
        while endedAt == 0 { try step(isRunning: true) }
        for stream in streams { stream.expectNoMore() }
        while streams.contains(where: { !$0.isDone }) && !isCancelled {
            try step(isRunning: false)
        }
    }

    private mutating func step(isRunning: Bool) throws(KernelError) {
        // A socket without its other end would be ready for ever.
        var set = [pollfd(fd: isOrphaned ? -1 : control, events: Int16(POLLIN), revents: 0)]
        if isRunning {
            let (process, gate) = (sandbox.initProcess.number, listens ? sandbox.gate : -1)
            set.append(pollfd(fd: process, events: Int16(POLLIN), revents: 0))
            set.append(pollfd(fd: gate, events: Int16(POLLIN), revents: 0))
        }
        for stream in streams { if let interest = stream.interest { set.append(interest) } }
        if isRunning, let interest = input?.interest { set.append(interest) }
        let now = cl_monotonic_nanoseconds()
        let alarm = min(nextAlarm(now), firstReading(now))
        let wait =
            isRunning ? max(0, alarm - now) : streams.contains(where: \.canEnd) ? 0 : -1
        let result = retrying { cl_poll(&set, UInt(set.count), wait) }
        try check(result, "poll")

        if set[0].revents != 0 { readControl() }
        if isRunning { try lookAtInit(hasEnded: set[1].revents != 0, speaks: set[2].revents != 0) }
        for stream in streams {
            let seen = streams.reduce(0) { $0 + $1.count }
            try stream.move(allowed: output.limit.bytes - seen)
        }
        if output.isBreached(streams) { stop(.output) }
        if isRunning { input?.move() }
        if isRunning && endedAt == 0 {
            let now = cl_monotonic_nanoseconds()
            if before == nil && now >= firstReading(now) { before = surroundings.reading(group) }
            try lookAtClocks()
        }
    }

    /// Init tells when the program has ended. Where nobody is left then but itself, the accounts are
    /// final, and need not wait until the kernel has taken its namespaces apart.
    private mutating func lookAtInit(hasEnded: Bool, speaks: Bool) throws(KernelError) {
        guard hasEnded || speaks else { return }
        listens = false
        if !hasEnded {
            guard page.pointee.endedAt != 0, try group.isEmpty(butInit: true) else { return }
        }
        endedAt = cl_monotonic_nanoseconds()
    }

    /// When the surroundings are read first; ahead of `now` while there is no program.
    private func firstReading(_ now: Int64) -> Int64 {
        guard before == nil else { return .max }
        let started = page.pointee.startedAt
        return (started == 0 ? now : started) + Self.youth
    }

    private func nextAlarm(_ now: Int64) -> Int64 {
        if breach != nil { return stoppedAt + Self.patience }
        let startedAt = page.pointee.startedAt
        if startedAt == 0 {
            // Nobody tells when the program starts: it may be right after this look.
            let soonest = max(CpuTimeLimit.finest, wall.middle(startedAt: 0))
            return min(cpu.nextLook, now + soonest, sentAt + Self.setUpPatience)
        }
        let wallAlarm =
            firstLook == nil
            ? wall.middle(startedAt: startedAt) : wall.deadline(startedAt: startedAt)
        return min(cpu.nextLook, wallAlarm)
    }

    private mutating func lookAtClocks() throws(KernelError) {
        let now = cl_monotonic_nanoseconds()
        guard breach == nil else {
            if now < stoppedAt + Self.patience { return }
            throw KernelError("end the run", "its processes do not die of SIGKILL", errno: EBUSY)
        }
        let startedAt = page.pointee.startedAt
        guard startedAt != 0 else {
            if now >= sentAt + Self.setUpPatience { stop(.setUp) }
            if now >= cpu.nextLook { _ = cpu.look(used: 0, now: now) }
            return
        }
        let isMiddle = firstLook == nil && now >= wall.middle(startedAt: startedAt)
        let isLate = now >= wall.deadline(startedAt: startedAt)
        guard isMiddle || isLate || now >= cpu.nextLook else { return }
        let used = try sandbox.programCpu().total
        let look = WallTimeLimit.Look(at: now, used: used)
        if isLate { stop(wall.wasIdle(from: firstLook, to: look) ? .idle : .wallTime) }
        if isMiddle { firstLook = look }
        if now >= cpu.nextLook && cpu.look(used: used, now: now) { stop(.cpuTime) }
    }

    private mutating func readControl() {
        let packet = try? Packets.receive(from: control)
        let request = packet.flatMap { try? HelperRequest(decoding: $0.bytes) }
        for descriptor in packet?.descriptors ?? [] { _ = cl_close(descriptor) }
        // Anything but a cancel, the end of the stream included, leaves nobody to report to.
        if request != .cancel { isOrphaned = true }
        isCancelled = true
        stop(.cancelled)
    }

    private mutating func stop(_ breach: Breach) {
        if self.breach == nil {
            self.breach = breach
            stoppedAt = cl_monotonic_nanoseconds()
        }
        guard endedAt == 0 else { return }
        _ = cl_pidfd_send_signal(sandbox.initProcess.number, SIGKILL)
        group.kill()
    }
}
