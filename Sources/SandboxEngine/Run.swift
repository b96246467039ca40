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

/// One run from request to report.
struct Run {
    let request: RunRequest
    let identity: UInt32
    let resources: RunResources
    let box: Box
    /// Descriptor given by the worker: that of standard input.
    let inputs: OwnedDescriptors
    /// Those for standard output and error.
    let outputs: OwnedDescriptors
    /// The program's channels, and the node's network namespace behind them.
    let others: OwnedDescriptors
    let control: Int32
    let receivedAt: Int64
    let landlock: Landlock?
    let above: GroupsAbove

    /// What became of it, and whether the worker is still there.
    struct Ending {
        var report: RunReport
        var isOrphaned = false
    }

    /// Makes everything, waits until no process is left, and reads the accounts.
    /// - Throws: the step that failed; the group may then still have processes, which were killed.
    func perform(in group: any RunCgroup) throws(KernelError) -> Ending {
        let tmp = try makeTmp()
        let output = try Descriptor.pipe()
        let outputStream = try OutputStream(
            source: .init(owning: output.read), target: outputs.take())
        let outputEnd = Descriptor(owning: output.write)
        let errors = try Descriptor.pipe()
        let errorStream = try OutputStream(
            source: .init(owning: errors.read), target: outputs.take(), tailSize: 4096)
        let errorEnd = Descriptor(owning: errors.write)
        let outputStreams = [outputStream, errorStream]
        guard let standardInput = inputs.numbers.first else {
            throw KernelError("use", "standard input", errno: EBADF)
        }
        let relay = try InputRelay(standardInput)
        let filter = try resources.filters.filter(with: request.extraSyscalls)
        let rules = Descriptor(owning: try fileRules(tmp.number))
        let plan = RunPlan(
            request, identity: identity, resources: resources, filter: filter,
            tmpMount: tmp.number, fileRules: rules.number,
            streams: [relay?.reader ?? standardInput, outputEnd.number, errorEnd.number]
                + others.numbers.prefix(request.channels),
            group: group)
        resources.page.initialize(to: RunPage())
        let process = try clone(plan, into: group)
        // From here the program's processes hold the only writing ends.
        close(outputEnd)
        close(errorEnd)
        others.close()
        // Who writes to a pipe learns that nobody reads it.
        if relay == nil { inputs.close() }
        relay?.closeReader()

        var supervisor = Supervisor(
            initProcess: process.number, limits: request.limits, resources: resources,
            group: group, streams: outputStreams, input: relay, control: control)
        do throws(KernelError) {
            try supervisor.watch()
        } catch {
            // Nothing of a run that cannot be watched may go on.
            kill(process.number, group)
            throw error
        }
        // The accounts are final when nobody is left to add to them.
        guard try group.becomesEmpty(within: 2_000) else {
            throw KernelError(
                "empty the run's cgroup", "it has processes 2 s after their init ended",
                errno: EBUSY)
        }
        try collectSockets()
        let report = try RunFacts(
            page: resources.page.pointee, request: request, group: group, box: box,
            breach: supervisor.breach,
            endedAt: supervisor.endedAt, receivedAt: receivedAt, streams: outputStreams,
            tmp: tmp.number, above: above
        ).report()
        return Ending(report: report, isOrphaned: supervisor.isOrphaned)
    }

    /// Has the kernel close what was sent through sockets that only hold each other. It looks for them
    /// when somebody on the machine closes a socket of this family, which may be a long time hence.
    private func collectSockets() throws(KernelError) {
        let ends = try Descriptor.socketPair()
        _ = cl_close(ends.near)
        _ = cl_close(ends.far)
    }

    /// -1 where the kernel has no Landlock.
    private func fileRules(_ tmp: Int32) throws(KernelError) -> Int32 {
        guard let landlock else { return -1 }
        let own = box.writableRoots(includingBox: request.boxWritable)
        return try landlock.rules(own: [tmp] + own).release()
    }

    private func close(_ descriptor: consuming Descriptor) {}

    /// Kills init and all that is with it; waits, but not for ever, until init is gone.
    private func kill(_ process: Int32, _ group: any RunCgroup) {
        _ = cl_pidfd_send_signal(process, SIGKILL)
        group.kill()
        var interest = pollfd(fd: process, events: Int16(POLLIN), revents: 0)
        guard retrying({ cl_poll(&interest, 1, Supervisor.patience) }) == 1 else { return }
        var ignored: (Int32, Int32) = (0, 0)
        _ = retrying { cl_wait_pidfd(process, &ignored.0, &ignored.1) }
    }

    /// `/tmp` and `/dev/shm` of the run: one tmpfs, so that one size limits both.
    private func makeTmp() throws(KernelError) -> Descriptor {
        let nosuidNodev: UInt32 = 0x2 | 0x4
        let size = request.limits.tmpSize.bytes
        // A small file costs at least a page, an empty one kernel memory of about a kilobyte.
        let inodes = max(64, min(65_536, Int(size / 4096)))
        let mount = try newTmpfs(
            size: String(size), inodes: inodes, mode: "0555", attributes: nosuidNodev)
        for name in ["tmp", "shm"] {
            try check(mkdirat(mount.number, name, 0o1777) < 0 ? -Int(errno) : 0, "make", name)
        }
        return mount
    }

    /// Clones init into fresh namespaces.
    ///
    /// The helper's effective ids are the slot's, so the new user namespace belongs to the slot's
    /// user and init may map that one user, and no other, by itself.
    /// - Returns: the pidfd of init.
    private func clone(_ plan: RunPlan, into group: any RunCgroup) throws(KernelError) -> Descriptor
    {
        let network = request.network == .lan ? others.numbers.last : nil
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
        let visit = try network.map { network throws(KernelError) in try NetworkVisit(network) }
        let result = withUnsafeMutablePointer(to: &pidfd) { pointer in
            arguments.pidfd = UInt64(UInt(bitPattern: pointer))
            let result = cl_clone3(&arguments)
            if result == 0 { runInit(plan.plan) }
            return result
        }
        visit?.end()
        try check(result, "clone", refusedNamespace(of: fresh))
        return Descriptor(owning: pidfd)
    }
}
