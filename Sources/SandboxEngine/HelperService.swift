import CLinux
import Glibc
import Linux
import SandboxProtocol
import Units

/// The inner helper: set up once, then one answer to each request.
final class HelperService {
    private let setup: HelperSetup
    private let socket: Int32
    private let resources: RunResources
    private let box: Box
    private let sandboxes: Sandboxes
    private let above: GroupsAbove

    /// Within a judging the next request comes sooner. A helper that waits for longer lets go of memory;
    /// the request that ends the pause pays for it with page faults.
    private static let pause: Int64 = 100_000_000

    /// Enters the minimal tree and prepares what all runs share.
    /// - Throws: naming the step.
    init(_ setup: HelperSetup, cgroups: [Int32], socket: Int32) throws(KernelError) {
        self.setup = setup
        self.socket = socket
        _ = umask(0)
        // A user who maps himself alone may not change his groups.
        if setup.standing != .oneIdentity {
            try check(cl_setgroups(0, nil), "drop", "supplementary groups")
        }
        // The second hierarchy of v1 is that of pids; v2 has one.
        guard let pids = setup.cgroup == .v1 ? cgroups.dropFirst().first : cgroups.first else {
            throw KernelError("use cgroup", "that was not given", errno: EINVAL)
        }
        above = try GroupsAbove(of: pids)
        // The kernel gives an ordinary user a new /proc only while he sees a whole one.
        let proc = try newProc()
        try Self.leaveSurroundings()
        let sharesNodes = try FileView.enter(setup)
        try check(cl_move_mount(proc.number, AT_FDCWD, "/proc"), "mount", "the helper's /proc")
        resources = try RunResources(cpu: setup.cpu, hasLocks: !sharesNodes)
        box = Box()
        let writable = stride(from: 1, to: setup.writable.count, by: 2)
        sandboxes = Sandboxes(
            SandboxParts(
                setup: setup, groups: try Self.groups(setup.cgroup, in: cgroups),
                resources: resources, box: box,
                landlock: try Landlock(writable: writable.map { setup.writable[$0] })),
            beneath: above)
        try becomeSlot()
        try box.reset(size: .mebibytes(1))
    }

    private static func groups(
        _ version: CgroupVersion, in directories: [Int32]
    ) throws(KernelError) -> any RunCgroups {
        switch version {
        case .v1: try CgroupsV1(in: directories)
        case .v2: try CgroupsV2(in: directories)
        }
    }

    /// Lets go of what the worker's surroundings would hand down to every run: its keys, its domain
    /// name, and being spared when the machine runs out of memory.
    private static func leaveSurroundings() throws(KernelError) {
        let result = cl_new_session_keyring()
        // A kernel without keyrings has none to leave.
        if result != -Int(ENOSYS) { try check(result, "make", "a session keyring") }
        let domain = "(none)"
        try check(
            setdomainname(domain, domain.utf8.count) < 0 ? -Int(errno) : 0, "set",
            "the domain name")
        let score = "/proc/self/oom_score_adj"
        if try readControl(score).hasPrefix("-") { try writeControl("0", to: score) }
    }

    /// Takes on the slot's user as effective one. Real and saved user stay, so that a run can neither
    /// signal nor trace its helper.
    ///
    /// Of all rights CAP_DAC_OVERRIDE, SETGID, SETUID, SETPCAP and SYS_ADMIN are kept, and SETFCAP
    /// where runs have the id 0 of this namespace.
    private func becomeSlot() throws(KernelError) {
        let numbers = [1, 6, 7, 8, 21] + (setup.identity == 0 ? [31] : [])
        let needed: UInt64 = numbers.reduce(0) { $0 | 1 << UInt64($1) }
        var permitted: UInt64 = 0
        try check(cl_capget_permitted(&permitted), "read", "the helper's capabilities")
        try check(cl_setegid(setup.identity), "take on the group", "\(setup.identity)")
        try check(cl_seteuid(setup.identity), "take on the user", "\(setup.identity)")
        let kept = permitted & needed
        try check(cl_capset(kept, kept, 0), "drop", "capabilities of the helper")
        // The change of user has cleared the wish to die with the outer helper.
        try check(cl_prctl(PR_SET_PDEATHSIG, UInt(SIGKILL), 0), "tie to", "the outer helper")
    }

    /// Serves until the worker is gone.
    /// - Returns: the helper's exit code.
    func serve() -> Int32 {
        // Its group would stay.
        defer { _ = sandboxes.boxChanges() }
        while true {
            do throws(KernelError) {
                if !isAsked(within: Self.pause) { OwnMemory.release() }
                guard let packet = try receive() else { return 0 }
                let receivedAt = cl_monotonic_nanoseconds()
                var descriptors = packet.descriptors
                defer { for descriptor in descriptors { _ = cl_close(descriptor) } }
                if let code = try handle(packet.bytes, &descriptors, receivedAt) {
                    return code
                }
            } catch {
                // The socket itself failed: nobody is left to tell.
                return 70
            }
        }
    }

    /// Also where the kernel refuses to say so: what asks is then received, and the run, which cannot be
    /// without polling, names it.
    private func isAsked(within nanoseconds: Int64) -> Bool {
        var interest = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return retrying { cl_poll(&interest, 1, nanoseconds) } != 0
    }

    /// The next packet of a size that the protocol allows. Packets keep their bounds, so what is wrong
    /// with one is answered and says nothing of the next.
    private func receive() throws(KernelError) -> (bytes: [UInt8], descriptors: [Int32])? {
        while true {
            do throws(KernelError) {
                return try Packets.receive(from: socket)
            } catch  where error.errno == EMSGSIZE {
                try reply(.failed("\(error)"))
            }
        }
    }

    /// - Parameter descriptors: whoever takes some out closes them.
    /// - Returns: the exit code when the helper shall end: the worker is gone, or a run left something.
    private func handle(
        _ bytes: [UInt8], _ descriptors: inout [Int32], _ receivedAt: Int64
    ) throws(KernelError) -> Int32? {
        let request: HelperRequest
        do throws(WireError) {
            request = try HelperRequest(decoding: bytes)
        } catch {
            try reply(.failed("\(error)"))
            return nil
        }
        do throws(KernelError) {
            switch request {
            case .setUp, .setUpLan, .mapped:
                try reply(.failed("the helper was set up before"))
            case .makeLan, .dropLan:
                try reply(.failed("a helper that runs programs makes no LAN"))
            case .cancel:
                break  // It came after the run had ended.
            case .resetBox(let size):
                if let remains = sandboxes.boxChanges() { return try retire("\(remains)") }
                try box.reset(size: size)
                try reply(.done)
            case .resetFolder(let name, let size, let writable):
                if let remains = sandboxes.boxChanges() { return try retire("\(remains)") }
                try box.resetFolder(name, size: size, writable: writable)
                try reply(.done)
            case .drop(let name):
                try box.drop(name)
                try reply(.done)
            case .measureFolder(let name):
                try reply(.size(try box.use(ofFolder: name)))
            case .put(let name, let executable):
                guard descriptors.count == 1 else { return try refuse(descriptors) }
                try box.put(name, executable: executable, from: descriptors[0])
                try reply(.done)
            case .take(let name):
                guard let file = try box.take(name) else { return try replyNoFile() }
                defer { _ = cl_close(file) }
                try reply(.file, [file])
            case .run(let run):
                let network = run.network == .lan ? 1 : 0
                guard descriptors.count == 3 + run.channels + network else {
                    return try refuse(descriptors)
                }
                let inputs = OwnedDescriptors(Array(descriptors.prefix(1)))
                let outputs = OwnedDescriptors(Array(descriptors[1..<3]))
                let others = OwnedDescriptors(Array(descriptors.dropFirst(3)))
                descriptors = []
                let code = try perform(run, inputs, outputs, others, receivedAt)
                if code == nil { sandboxes.prepare(after: SandboxShape(run)) }
                return code
            }
        } catch {
            try reply(.failed(error.withMend))
        }
        return nil
    }

    private func perform(
        _ request: RunRequest, _ inputs: OwnedDescriptors, _ outputs: OwnedDescriptors,
        _ others: OwnedDescriptors, _ receivedAt: Int64
    ) throws(KernelError) -> Int32? {
        let shape = SandboxShape(request)
        try resources.inherited.require(request.limits)
        if let remains = sandboxes.keepReady(for: shape) { return try retire("\(remains)") }
        // Of what was made ahead, init and the first process are there already.
        try above.require(processes: request.limits.processes, started: sandboxes.hasReady)
        let network = request.network == .lan ? others.numbers.last : nil
        let sandbox = try sandboxes.take(shape, network: network)
        let run = Run(
            request: request, resources: resources, box: box, inputs: inputs, outputs: outputs,
            others: others, control: socket, receivedAt: receivedAt, above: above,
            sandboxes: sandboxes)
        let ending: Run.Ending
        do throws(KernelError) {
            ending = try run.perform(in: sandbox)
        } catch {
            if let remains = sandbox.clear() { return try retire("\(error); \(remains)") }
            throw error
        }
        if let remains = sandbox.clear() { return try retire("\(remains)") }
        if ending.isOrphaned { return 0 }
        try reply(.report(ending.report))
        return nil
    }

    /// Says what could not be cleared away. A slot with remains of one run must not have another.
    private func retire(_ remains: String) throws(KernelError) -> Int32 {
        try reply(.retired(remains))
        return 70
    }

    private func refuse(_ descriptors: [Int32]) throws(KernelError) -> Int32? {
        try reply(.failed("a request came with \(descriptors.count) descriptors"))
        return nil
    }

    private func replyNoFile() throws(KernelError) -> Int32? {
        try reply(.noFile)
        return nil
    }

    private func reply(_ reply: HelperReply, _ descriptors: [Int32] = []) throws(KernelError) {
        try Packets.send(reply.encoded(), descriptors, to: socket)
    }
}

/// A new proc file system of the caller's PID namespace that is mounted nowhere yet.
private func newProc() throws(KernelError) -> Descriptor {
    let context = Descriptor(owning: Int32(try check(cl_fsopen("proc"), "fsopen", "proc")))
    try check(cl_fsconfig_create(context.number), "fsconfig", "proc")
    // nosuid, nodev, noexec
    let result = cl_fsmount(context.number, 0x2 | 0x4 | 0x8)
    guard result != -Int(EPERM) else {
        throw KernelError(
            "mount", "the helper's /proc", errno: EPERM,
            mend: "something covers parts of /proc here; in a container, unmask /proc "
                + "(docker run --security-opt systempaths=unconfined)")
    }
    return Descriptor(owning: Int32(try check(result, "mount", "the helper's /proc")))
}
