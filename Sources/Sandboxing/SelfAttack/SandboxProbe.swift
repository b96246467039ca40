import SandboxProtocol

/// One thing that a run must not be able to do, tried by the judge itself.
package struct SandboxProbe: Sendable {
    /// As judge-sandbox knows it.
    package let name: String
    package let why: String
    /// How a run ends that tries it, if that is what holds it; else the probe itself tells.
    let ending: Set<RunOutcome>

    init(_ name: String, because why: String, endsBy ending: Set<RunOutcome> = []) {
        self.name = name
        self.why = why
        self.ending = ending
    }

    /// Every probe. The first ones are tried by one run.
    package static let all = atOnce + afterwards + limits

    static let atOnce = [
        SandboxProbe("host-file", because: "no file of the host may be read"),
        SandboxProbe("host-process", because: "no process of the host may be seen or signalled"),
        SandboxProbe(
            "host-listener", because: "services on the host's loopback trust who connects"),
        SandboxProbe("host-socket", because: "abstract sockets of the host trust who connects"),
        SandboxProbe("host-lock", because: "locks tell what the host does and carry messages"),
        SandboxProbe("environment", because: "environments hold secrets"),
        SandboxProbe("descriptors", because: "an open descriptor is a way around every wall"),
        SandboxProbe("write-outside", because: "only /tmp and /dev/shm are a run's own"),
        SandboxProbe("kernel-files", because: "/sys, cgroupfs and the kernel's memory are levers"),
        SandboxProbe("mount", because: "who mounts chooses what files mean"),
        SandboxProbe("namespaces", because: "a new user namespace gives rights over the kernel"),
        SandboxProbe("trace", because: "who traces init or the host becomes it"),
        SandboxProbe("privileges", because: "rights of root undo what holds a run"),
        SandboxProbe(
            "core-handler", because: "a handler in core_pattern runs as root outside at each crash"),
        SandboxProbe("interfaces", because: "a run may talk to itself alone"),
        SandboxProbe("socket-families", because: "rare families are where kernels have holes"),
        SandboxProbe("io-uring", because: "it makes calls that no filter sees"),
        SandboxProbe("keyrings", because: "keys are shared by all runs of a user"),
        SandboxProbe("bpf", because: "it loads programs into the kernel"),
        SandboxProbe("perf-events", because: "they measure what the host and neighbours do"),
        SandboxProbe("userfaultfd", because: "it stops the kernel in the middle of its work"),
    ]

    static let afterwards = [
        SandboxProbe("leftovers", because: "one run must not speak to the next"),
        SandboxProbe("processes", because: "a fork bomb stops the machine"),
    ]

    static let limits = [
        SandboxProbe("memory", because: "the limit of memory must stop a run", endsBy: [.memory]),
        // On a machine without a free processor it is the wall time that holds.
        SandboxProbe(
            "cpu-time", because: "the limit of CPU time must stop a run",
            endsBy: [.cpuTime, .wallTime]),
        SandboxProbe(
            "wall-time", because: "a run that sleeps must end", endsBy: [.wallTime, .idle]),
        SandboxProbe("output", because: "the limit of output must stop a run", endsBy: [.output]),
    ]

    func finding(_ level: HostFinding.Level, _ found: String) -> HostFinding {
        HostFinding(
            name: "probe-\(name)", level: level, found: found, why: why,
            mend: level == .pass
                ? nil
                : "judge nothing here; take off what judge.conf shows to runs (read_only), update "
                    + "kernel and judge, and if that was not it report it as docs/security.md says"
        )
    }
}
