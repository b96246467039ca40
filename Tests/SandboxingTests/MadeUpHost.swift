import SandboxProtocol
import Sandboxing
import Testing
import Units

/// A machine that exists in a test alone: all is well on it until the test says otherwise.
struct MadeUpHost {
    var purpose = HostPurpose(
        slots: 2, firstIdentity: 20_000, cgroup: nil, databaseDirectory: "/srv/judge",
        programs: [NeededProgram(path: "/usr/bin/gcc", neededBy: "C17", package: "gcc")],
        hidden: [
            HiddenPlace(name: "the database", path: "/srv/judge/judge.db"),
            HiddenPlace(name: "the problems", path: "/srv/judge/problems"),
        ], shown: ["/opt/ada"])
    var user: UInt32 = 0
    var deployment = Deployment.bare
    var trials: [String: Int]? = [
        "protocol": Int(protocolVersion), "namespace.user": 0, "namespace.mount": 0,
        "namespace.pid": 0,
        "namespace.network": 0, "namespace.ipc": 0, "namespace.uts": 0, "namespace.cgroup": 0,
        "overlay": 0, "device-node": 0, "seccomp.errno": 0, "seccomp.user_notif": 0,
        "landlock.abi": 7,
    ]
    var hierarchy: Result<Int, TrialFailure> = .success(2)
    var groups: Result<CgroupTrial, TrialFailure>? = .success(
        CgroupTrial(version: 2, bases: ["/sys/fs/cgroup"], countsSwap: true))
    var files: [String: HostFile] = [
        "/proc/sys/kernel/osrelease": .text("6.1.0-29-amd64"),
        "/proc/sys/user/max_user_namespaces": .text("96365"),
        "/proc/sys/kernel/core_pattern": .text("core"),
        "/proc/sys/kernel/randomize_va_space": .text("2"),
        "/proc/swaps": .text("Filename\t\t\tType\t\tSize\t\tUsed\t\tPriority"),
        "/etc/passwd": .text("root:x:0:0:root::/bin/sh\nada:x:1000:1000::/:/bin/sh"),
        "/etc/group": .text("root:x:0:\nada:x:1000:"),
        "/etc/subuid": .text("ada:100000:65536"),
        "/etc/subgid": .text("ada:100000:65536"),
        "/sys/devices/system/cpu/online": .text("0-3"),
        "/sys/devices/system/cpu/smt/active": .text("0"),
        "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor": .text("performance"),
        "/sys/devices/system/cpu/cpu1/cpufreq/scaling_governor": .text("performance"),
        "/sys/devices/system/cpu/intel_pstate/no_turbo": .text("1"),
        "/sys/kernel/mm/transparent_hugepage/enabled": .text("always [madvise] never"),
        "/sys/devices/system/clocksource/clocksource0/current_clocksource": .text("tsc"),
    ]
    var space: [String: HostSpace] = [
        "/tmp": HostSpace(free: .mebibytes(4096), freeInodes: 1_000_000, inodes: 2_000_000),
        "/srv/judge": HostSpace(free: .mebibytes(4096), freeInodes: 0, inodes: 0),
    ]
    var links: [String: String] = [:]
    var programs: Set<String> = ["/usr/bin/gcc", "/usr/bin/newuidmap", "/usr/bin/newgidmap"]

    var host: Host {
        let (files, space, programs, links) = (files, space, programs, links)
        return Host(
            purpose: purpose, user: user, userName: user == 0 ? "root" : "ada",
            deployment: deployment,
            trials: trials.map { .success($0) } ?? .failure(TrialFailure("there is no helper")),
            hierarchy: hierarchy, groups: groups, file: { files[$0] ?? .absent },
            names: { _ in ["cpu0", "cpu1", "cpuidle", "online"] }, space: { space[$0] },
            isProgram: { programs.contains($0) }, resolved: { links[$0] ?? $0 })
    }

    func finding(_ name: String) -> HostFinding? {
        HostCheck.examine(host).first { $0.name == name }
    }
}

/// What a test does to a machine on which all is well, and what one check then says.
struct HostCase: Sendable, CustomTestStringConvertible {
    var check: String
    var level: HostFinding.Level
    /// A part of what is found.
    var found: String
    var change: @Sendable (inout MadeUpHost) -> Void

    init(
        _ check: String, _ level: HostFinding.Level, _ found: String,
        _ change: @escaping @Sendable (inout MadeUpHost) -> Void
    ) {
        self.check = check
        self.level = level
        self.found = found
        self.change = change
    }

    var testDescription: String { "\(check), \(level): \(found)" }
}
