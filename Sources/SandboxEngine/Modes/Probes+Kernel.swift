import CLinux
import Glibc
import Linux

// Calls by which programs have left sandboxes or learnt about their neighbours.
extension Probes {
    private static let newUser = 0x1000_0000
    private static let newMount = 0x0002_0000
    private static let newNetwork = 0x4000_0000

    @Sendable static func mount(_: PlantedThings) -> ProbeAnswer {
        let refusals: [Int32] = [ENOSYS, EPERM, EACCES]
        let tree = cl_open_tree(AT_FDCWD, "/", 1)
        let context = cl_fsopen("tmpfs")
        return .all([
            .call(cl_mount("tmpfs", "/tmp", "tmpfs", 0, nil), "mount", heldBy: refusals),
            .call(tree, "open_tree", heldBy: refusals),
            .call(context, "fsopen", heldBy: refusals),
        ])
    }

    @Sendable static func namespaces(_: PlantedThings) -> ProbeAnswer {
        let refusals: [Int32] = [ENOSYS, EPERM]
        for (name, flag) in [("user", newUser), ("mount", newMount), ("network", newNetwork)] {
            if case .through = ProbeAnswer.call(
                cl_unshare(Int32(flag)), name, heldBy: refusals)
            {
                return .through("unshare makes a \(name) namespace")
            }
            let clone = cl_call(56, flag | Int(SIGCHLD), 0, 0, 0, 0)
            if clone == 0 { cl_exit(0) }
            if clone > 0 { return .through("clone makes a \(name) namespace") }
        }
        var arguments = clone_args()
        arguments.flags = UInt64(newUser)
        arguments.exit_signal = UInt64(SIGCHLD)
        let clone = cl_clone3(&arguments)
        if clone == 0 { cl_exit(0) }
        return .call(clone, "clone3 with a user namespace", heldBy: refusals)
    }

    @Sendable static func trace(_ planted: PlantedThings) -> ProbeAnswer {
        let (seize, detach) = (0x4206, 17)
        for pid in [planted.number("init") ?? 1, planted.number("pid") ?? 1] where pid > 0 {
            if cl_call(101, seize, pid, 0, 0, 0) >= 0 {
                _ = cl_call(101, detach, pid, 0, 0, 0)
                return .through("process \(pid) can be traced")
            }
            if tryOpen("/proc/\(pid)/mem", O_RDONLY) >= 0 {
                return .through("the memory of process \(pid) can be read")
            }
        }
        return .held("neither init nor a process of the host")
    }

    @Sendable static func privileges(_: PlantedThings) -> ProbeAnswer {
        if cl_setresuid(0) >= 0 { return .through("the program can become root") }
        if cl_setresgid(0) >= 0 { return .through("the program can join root's group") }
        var permitted: UInt64 = 0
        if cl_capget_permitted(&permitted) < 0 || permitted != 0 {
            return .through("the program has capabilities")
        }
        let getNoNewPrivileges: Int32 = 39
        guard cl_prctl(getNoNewPrivileges, 0, 0) == 1 else {
            return .through("programs with a set-user-id bit give their owner's rights")
        }
        return .held("none, and none to be had")
    }

    /// Of a core limit of 1 the kernel makes no dump at all; of any other it starts a handler.
    @Sendable static func coreHandler(_: PlantedThings) -> ProbeAnswer {
        let (prlimit64, setrlimit, core) = (302, 160, 4)
        var limits: (soft: UInt64, hard: UInt64) = (0, 0)
        let read = withUnsafeMutablePointer(to: &limits) {
            cl_call(prlimit64, 0, core, 0, Int(bitPattern: $0), 0)
        }
        guard read >= 0, limits == (1, 1) else {
            return .through("crashes are given to the host's core_pattern")
        }
        limits = (0, 0)
        let changed = withUnsafePointer(to: &limits) { pointer in
            let address = Int(bitPattern: pointer)
            return max(
                cl_call(prlimit64, 0, core, address, 0, 0),
                cl_call(setrlimit, core, address, 0, 0, 0))
        }
        return changed >= 0
            ? .through("the limit that keeps crashes from core_pattern can be changed")
            : .held("a limit that cannot be changed")
    }

    @Sendable static func socketFamilies(_: PlantedThings) -> ProbeAnswer {
        let families: [(String, Int32)] = [
            ("AF_NETLINK", 16), ("AF_PACKET", 17), ("AF_KEY", 15), ("AF_ALG", 38),
            ("AF_VSOCK", 40), ("AF_XDP", 44), ("AF_RXRPC", 33), ("AF_BLUETOOTH", 31),
            ("AF_CAN", 29), ("AF_TIPC", 30), ("AF_RDS", 21),
        ]
        for (name, family) in families {
            for kind in [SOCK_RAW, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_STREAM] {
                let socket = socket(family, Int32(kind.rawValue), 0)
                if socket >= 0 { return .through("a socket of family \(name) can be made") }
            }
        }
        return .held("none of \(families.count) can be made")
    }

    @Sendable static func ioUring(_: PlantedThings) -> ProbeAnswer {
        // One that cannot succeed: no ring has no entries.
        exists(425, "io_uring_setup", 0, 0)
    }

    @Sendable static func keyrings(_: PlantedThings) -> ProbeAnswer {
        // KEYCTL_GET_KEYRING_ID of the session's keyring.
        .all([exists(250, "keyctl", 0, -3), exists(248, "add_key"), exists(249, "request_key")])
    }

    @Sendable static func bpf(_: PlantedThings) -> ProbeAnswer {
        exists(321, "bpf", -1)
    }

    @Sendable static func perfEvents(_: PlantedThings) -> ProbeAnswer {
        exists(298, "perf_event_open", 0, -1, -1, -1)
    }

    @Sendable static func userfaultfd(_: PlantedThings) -> ProbeAnswer {
        exists(323, "userfaultfd", -1)
    }

    /// Held when the call does not exist in here; any other answer comes from the kernel's own code.
    private static func exists(
        _ number: Int, _ name: String, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0
    ) -> ProbeAnswer {
        .call(cl_call(number, a, b, c, d, 0), name, heldBy: [ENOSYS])
    }
}
