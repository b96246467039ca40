// Theory of operation. A sandbox is made without knowing what will run in it: its group, its tmpfs,
// its init, which builds everything in fresh namespaces and gives up its rights, and the program's
// child, which takes on limits and filter and waits. The program is named in memory shared with
// them; a packet with the descriptors of its streams sets it going. No sandbox has a second run. One
// may be made ahead: where runs of one shape follow one another, the next finds its sandbox waiting.
// It is made when the last run is over and its report is sent, or while that run still goes on, where
// it leaves a processor idle: then on that one, with memory and groups that are not the run's, and
// bound to the run's processor when that is free.

import CLinux
import Glibc
import Linux
import SandboxProtocol
import Units

// CLONE_NEW{USER,PID,NET,NS,IPC,UTS} and CLONE_PIDFD, CLONE_INTO_CGROUP; the cgroup namespace is
// taken by the program's child, when it is inside its group.
private let namespaces: UInt64 =
    0x1000_0000 | 0x2000_0000 | 0x4000_0000 | 0x0002_0000 | 0x0800_0000 | 0x0400_0000
private let newNetwork: UInt64 = 0x4000_0000
private let clonePidfd: UInt64 = 0x1000
private let cloneIntoCgroup: UInt64 = 0x2_0000_0000

/// What a sandbox is made for: all of a request but what is told to its child, and what the supervisor
/// alone looks at.
struct SandboxShape: Equatable {
    let request: RunRequest

    init(_ request: RunRequest) {
        var request = request
        request.arguments = []
        request.environment = []
        request.channels = 0
        request.hasSpareProcessor = false
        request.limits.cpuTime = .zero
        request.limits.wallTime = .zero
        request.limits.output = .zero
        self.request = request
    }

    /// Whether the next of its kind can be made before it is asked for; what a request brings along
    /// cannot be had earlier.
    var canBeMadeAhead: Bool { request.network != .lan }
}

/// What the sandboxes of one helper are made with.
struct SandboxParts {
    let setup: HelperSetup
    let groups: any RunCgroups
    let resources: RunResources
    let box: Box
    let landlock: Landlock?
}

/// A sandbox for one run, with its init.
final class Sandbox {
    let shape: SandboxShape
    let group: any RunCgroup
    /// The file system of `/tmp` and `/dev/shm`.
    let tmp: Descriptor
    /// pidfd of init.
    let initProcess: Descriptor
    let memory: SandboxMemory
    let plan: RunPlan
    /// Whom to bind to the run's processor before it begins: init and the child, where they were made on
    /// another one.
    private let binding: RunResources?
    private let helperEnd: Descriptor
    /// The helper's number for init, nobody else's until it is reaped.
    private let initNumber: Int32
    private var isReaped = false

    /// The helper's end of the socket on which the child waits for its run.
    ///
    /// What init says into it when the program has ended, with a descriptor of its mount namespace,
    /// lies there unread, so that the namespace is not taken apart while somebody waits for init to be
    /// gone, but when this end is closed. Closing it also has the kernel look for what the run sent
    /// through sockets that only hold each other: otherwise it looks when somebody on the machine
    /// closes a socket of this family.
    var gate: Int32 { helperEnd.number }

    /// Makes everything that needs no knowledge of the run, and lets init build the rest.
    /// - Parameters:
    ///   - name: of the group.
    ///   - network: the network namespace to be born into, in place of a fresh one.
    ///   - memory: that no other sandbox has.
    ///   - isBoundLater: whether the run's processor is left to the run that goes on there now.
    /// - Throws: the step that failed; nothing is left then.
    init(
        _ shape: SandboxShape, name: String, network: Int32?, memory: SandboxMemory,
        isBoundLater: Bool = false, _ parts: SandboxParts
    ) throws(KernelError) {
        self.shape = shape
        self.memory = memory
        binding = isBoundLater ? parts.resources : nil
        let wanted = shape.request.limits
        let limits = CgroupLimits(memory: wanted.memory.bytes, processes: wanted.processes)
        group = try parts.groups.make(name, limits)
        tmp = try Self.makeTmp(wanted.tmpSize)
        let ends = try Descriptor.socketPair()
        helperEnd = Descriptor(owning: ends.near)
        let far = Descriptor(owning: ends.far)
        if isBoundLater { try check(cl_want_senders(ends.near), "ask for senders of", "a socket") }
        let rules = Descriptor(owning: try Self.fileRules(tmp.number, shape, parts))
        let filter = try parts.resources.filters.filter(with: shape.request.extraSyscalls)
        plan = try RunPlan(
            shape, identity: parts.setup.identity, resources: parts.resources, memory: memory,
            filter: filter, tmpMount: tmp.number, fileRules: rules.number, gate: far.number,
            group: group, isBoundLater: isBoundLater)
        let (number, descriptor) = try Self.clone(plan, into: group, network)
        initNumber = number
        initProcess = Descriptor(owning: descriptor)
    }

    /// Whether init has ended, by now.
    var hasEnded: Bool { isReaped || ends(within: 0) }

    private func ends(within nanoseconds: Int64) -> Bool {
        var interest = pollfd(fd: initProcess.number, events: Int16(POLLIN), revents: 0)
        return retrying { cl_poll(&interest, 1, nanoseconds) } == 1
    }

    /// Lets the run begin that the plan was completed for.
    /// - Parameter streams: of the program, which gets duplicates.
    func start(_ streams: [Int32]) throws(KernelError) {
        do throws(KernelError) {
            if let binding { try bind(binding) }
            try Packets.send([1], streams, to: gate)
        } catch  where error.errno == EPIPE || error.errno == ECONNRESET {
            // Init has ended before; the page says why.
        }
    }

    /// Binds init and the child to the run's processor when the child is ready, which says then who it is;
    /// returns also when init has ended before.
    private func bind(_ resources: RunResources) throws(KernelError) {
        var interests = [gate, initProcess.number].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        let count = retrying { cl_poll(&interests, 2, Supervisor.setUpPatience) }
        guard try check(count, "poll") > 0 else {
            throw KernelError("make a sandbox", "its first process is not ready", errno: ETIMEDOUT)
        }
        var child: Int32 = 0
        guard interests[0].revents & Int16(POLLIN) != 0,
            try check(cl_receive_sender(gate, &child), "receive", "who is in a sandbox") > 0
        else { return }
        for number in [initNumber, child] {
            let result = cl_set_affinity_of(number, resources.cpuMask, resources.cpuMaskBytes)
            // One that has ended has said why in the page.
            if result != -Int(ESRCH) {
                try check(result, "bind to the slot's processor", "a sandbox")
            }
        }
    }

    /// CPU time that the program has used since exec, with all that it started: 0 before, whatever the
    /// set-up uses. `total` alone; `user` and `system` are the whole group's.
    ///
    /// What is taken off the group's account is told by nobody whom the program reaches: by the child
    /// before exec, in memory that exec takes away, and by the kernel's clock of init where init is in
    /// the group. Asked for that clock, the kernel brings the account up to date with it, so it comes
    /// first.
    func programCpu() throws(KernelError) -> CgroupCpu {
        let others = group.extraProcesses > 0 ? try initCpu() : 0
        var cpu = try group.cpu()
        let page = memory.page.pointee
        cpu.total = page.startedAt == 0 ? 0 : max(0, cpu.total - others - page.childCpu)
        return cpu
    }

    private func initCpu() throws(KernelError) -> Int64 {
        var clock: clockid_t = 0
        let error = isReaped ? ESRCH : clock_getcpuclockid(initNumber, &clock)
        try check(-Int(error), "read the CPU time of", "the run's init")
        return cpuTime(by: clock)
    }

    /// Kills init and all that is with it; waits, but not for ever, until init is gone.
    func kill() {
        guard !isReaped else { return }
        _ = cl_pidfd_send_signal(initProcess.number, SIGKILL)
        group.kill()
        _ = reap()
    }

    /// Waits for init, which has been killed or is about to end.
    /// - Returns: whether it has ended.
    private func reap() -> Bool {
        guard !isReaped else { return true }
        guard ends(within: Supervisor.patience) else { return false }
        var ignored: (Int32, Int32) = (0, 0)
        _ = retrying { cl_wait_pidfd(initProcess.number, &ignored.0, &ignored.1) }
        isReaped = true
        return true
    }

    /// Waits for the end of init, and removes the group of a sandbox that nobody else is in any more.
    /// - Returns: why something is left.
    func clear() -> KernelError? {
        do throws(KernelError) {
            // Where init is not in the group it ends meanwhile.
            let isApart = group.extraProcesses == 0
            if isApart { try group.remove() }
            guard reap() else {
                throw KernelError("end the run", "its init does not end", errno: EBUSY)
            }
            if !isApart { try group.remove() }
            return nil
        } catch {
            return error
        }
    }

    /// `/tmp` and `/dev/shm` of the run: one tmpfs, so that one size limits both.
    private static func makeTmp(_ size: ByteCount) throws(KernelError) -> Descriptor {
        let nosuidNodev: UInt32 = 0x2 | 0x4
        // A small file costs at least a page, an empty one kernel memory of about a kilobyte.
        let inodes = max(64, min(65_536, Int(size.bytes / 4096)))
        let mount = try newTmpfs(
            size: String(size.bytes), inodes: inodes, mode: "0555", attributes: nosuidNodev)
        for name in ["tmp", "shm"] {
            try check(mkdirat(mount.number, name, 0o1777) < 0 ? -Int(errno) : 0, "make", name)
        }
        return mount
    }

    /// -1 where the kernel has no Landlock.
    private static func fileRules(
        _ tmp: Int32, _ shape: SandboxShape, _ parts: SandboxParts
    ) throws(KernelError) -> Int32 {
        guard let landlock = parts.landlock else { return -1 }
        let own = parts.box.writableRoots(includingBox: shape.request.boxWritable)
        return try landlock.rules(own: [tmp] + own).release()
    }

    /// Clones init into fresh namespaces.
    ///
    /// The helper's effective ids are the slot's, so the new user namespace belongs to the slot's
    /// user and init may map that one user, and no other, by itself.
    /// - Returns: init, by number and as a pidfd.
    private static func clone(
        _ plan: RunPlan, into group: any RunCgroup, _ network: Int32?
    ) throws(KernelError) -> (Int32, Int32) {
        // In a LAN the child keeps the network that it is born into.
        let fresh = network == nil ? namespaces : namespaces & ~newNetwork
        var pidfd: Int32 = -1
        var arguments = clone_args()
        arguments.flags = fresh | clonePidfd
        arguments.exit_signal = UInt64(SIGCHLD)
        if let directory = group.cloneDescriptor {
            arguments.flags |= cloneIntoCgroup
            arguments.cgroup = UInt64(directory)
        }
        let plan = plan.plan
        OwnMemory.keepHeap()
        let visit = try network.map { network throws(KernelError) in try NetworkVisit(network) }
        let result = withUnsafeMutablePointer(to: &pidfd) { pointer in
            arguments.pidfd = UInt64(UInt(bitPattern: pointer))
            let result = cl_clone3(&arguments)
            if result == 0 { runInit(plan) }
            return result
        }
        visit?.end()
        return (Int32(try check(result, "clone", refusedNamespace(of: fresh))), pidfd)
    }
}
