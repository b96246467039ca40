// Theory of operation. A check is a pure function of `Host`: what the calls that were tried did, and
// what files of the kernel say. So each level of each check is tested with a machine that a test
// makes up. What a machine does not say is told as "not known" and warned of, never passed over: a
// virtual machine without a frequency driver may well run on a processor that changes its pace.

/// One question about the machine.
package struct HostCheck: Sendable {
    package let name: String
    package let why: String
    let examine: @Sendable (Host) -> HostAnswer

    init(
        _ name: String, because why: String,
        _ examine: @escaping @Sendable (Host) -> HostAnswer
    ) {
        self.name = name
        self.why = why
        self.examine = examine
    }

    /// Every check, in the order in which a machine is mended.
    package static let all = kernelChecks + groupChecks + userChecks + timeChecks + fileChecks

    private static let kernelChecks = [
        kernel, helper, namespaces, userNamespaces, appArmor, seccomp, landlock, overlay,
        corePattern,
    ]
    private static let groupChecks = [cgroup, cgroupDelegation, swapAccounting, swap]
    private static let userChecks = [identities, subordinateIds, deviceNodes]
    private static let timeChecks = [
        slots, hyperThreading, governor, turbo, addressLayout, hugePages, clockSource,
    ]
    private static let fileChecks = [fileView, databaseSpace, temporarySpace, programs]

    package func examine(_ host: Host) -> HostFinding {
        let answer = examine(host)
        switch answer {
        case .pass(let found):
            return HostFinding(name: name, level: .pass, found: found, why: why)
        case .warn(let found, let mend):
            return HostFinding(name: name, level: .warn, found: found, why: why, mend: mend)
        case .fail(let found, let mend):
            return HostFinding(name: name, level: .fail, found: found, why: why, mend: mend)
        }
    }

    /// What all checks find.
    package static func examine(_ host: Host) -> [HostFinding] {
        all.map { $0.examine(host) }
    }
}

/// What a check says: what it found and, unless that is good, how to mend it.
enum HostAnswer {
    case pass(String)
    case warn(String, mend: String)
    case fail(String, mend: String)

    /// For a file that says nothing.
    static func notKnown(_ host: Host, _ path: String, mend: String) -> HostAnswer {
        .warn("not known: \(host.silence(path))", mend: mend)
    }
}
