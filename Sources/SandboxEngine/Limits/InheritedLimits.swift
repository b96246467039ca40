import CLinux
import Glibc
import Linux
import SandboxProtocol
import Units

/// What the shell that the judge was started from allows each process. A run inherits it, so it is
/// opened as far as it may be, and a run that asks for more is refused: it must not get a verdict
/// that depends on who started the judge.
struct InheritedLimits {
    /// The most that this process may ask for.
    private let hard: [Int32: UInt64]

    /// Opens the limits that no run sets for itself.
    init() throws(KernelError) {
        let opened: [__rlimit_resource] = [RLIMIT_AS, RLIMIT_DATA, RLIMIT_CPU, __RLIMIT_NPROC]
        let set: [__rlimit_resource] = [
            RLIMIT_FSIZE, RLIMIT_STACK, RLIMIT_NOFILE, RLIMIT_CORE, __RLIMIT_MEMLOCK,
            __RLIMIT_MSGQUEUE, __RLIMIT_SIGPENDING,
        ]
        var hard: [Int32: UInt64] = [:]
        for resource in (opened + set).map({ Int32($0.rawValue) }) {
            var value: UInt64 = 0
            try check(cl_hard_limit(resource, &value), "read", "resource limit \(resource)")
            hard[resource] = value
        }
        for resource in opened.map({ Int32($0.rawValue) }) {
            try check(
                cl_setrlimit(resource, hard[resource] ?? .max), "open",
                "resource limit \(resource)")
        }
        self.hard = hard
    }

    /// `value`, or less where the judge itself has less: for what protects and is not asked for.
    func atMost(_ value: UInt64, _ resource: Int32) -> UInt64 {
        min(value, hard[resource] ?? .max)
    }

    /// - Throws: naming the limit below which the judge would have to stay.
    func require(_ limits: RunLimits) throws(KernelError) {
        let seconds = UInt64(limits.cpuTime.wholeMicroseconds / 1_000_000) + 1
        let memory = UInt64(limits.memory.bytes)
        try require(memory, RLIMIT_AS, "bytes of address space", "v")
        try require(memory, RLIMIT_DATA, "bytes of data", "d")
        try require(seconds, RLIMIT_CPU, "seconds of CPU time", "t")
        try require(UInt64(limits.fileSize.bytes), RLIMIT_FSIZE, "bytes in a file", "f")
        try require(UInt64(limits.stack.bytes), RLIMIT_STACK, "bytes of stack", "s")
        try require(UInt64(limits.openFiles), RLIMIT_NOFILE, "open files", "n")
        // Init is one, too.
        try require(UInt64(limits.processes + 1), __RLIMIT_NPROC, "processes", "u")
    }

    /// Whether one user may have so many processes at one time.
    func admit(processes: Int) -> Bool {
        UInt64(processes) <= hard[Int32(__RLIMIT_NPROC.rawValue)] ?? .max
    }

    private func require(
        _ wanted: UInt64, _ resource: __rlimit_resource, _ unit: String, _ letter: String
    ) throws(KernelError) {
        let allowed = hard[Int32(resource.rawValue)] ?? .max
        guard wanted > allowed else { return }
        throw KernelError(
            "give a run", "\(wanted) \(unit), the judge may have \(allowed)", errno: EPERM,
            mend: "start the judge with more: ulimit -H\(letter) unlimited, as root, or raise it "
                + "in /etc/security/limits.conf")
    }
}
