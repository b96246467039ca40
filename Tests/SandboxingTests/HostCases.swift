import SandboxProtocol
import Sandboxing
import Units

extension HostCase {
    static let all = kernel + userNamespaces + groups + users + times + files

    private static func file(
        _ check: String, _ level: HostFinding.Level, _ found: String, _ path: String,
        _ contents: HostFile
    ) -> HostCase {
        HostCase(check, level, found) { $0.files[path] = contents }
    }

    private static let release = "/proc/sys/kernel/osrelease"
    private static let pattern = "/proc/sys/kernel/core_pattern"

    private static let kernel = [
        file("kernel", .pass, "Linux 6.1.0-29-amd64", release, .text("6.1.0-29-amd64")),
        file("kernel", .pass, "Linux 5.14.0", release, .text("5.14.0")),
        file("kernel", .fail, "older than 5.14", release, .text("5.13.19-generic")),
        file("kernel", .fail, "older than 5.14", release, .text("4.19")),
        file("kernel", .warn, "not known: Linux six", release, .text("six")),
        file("kernel", .warn, "is not there", release, .absent),
        HostCase("helper", .pass, "version \(protocolVersion)") { _ in },
        HostCase("helper", .fail, "there is no helper") { $0.trials = nil },
        HostCase("helper", .fail, "version 0 of the protocol and not") {
            $0.trials?["protocol"] = 0
        },
        HostCase("helper", .fail, "no version of") { $0.trials?["protocol"] = nil },
        HostCase("namespaces", .pass, "all seven") { _ in },
        HostCase("namespaces", .warn, "not known") { $0.trials = nil },
        HostCase("namespaces", .fail, "network (operation not permitted)") {
            $0.trials?["namespace.network"] = 1
        },
        HostCase("namespaces", .fail, "user (no space left on device)") {
            $0.user = 1000
            $0.trials?["namespace.user"] = 28
        },
        HostCase("namespaces", .fail, "uts (no answer)") { $0.trials?["namespace.uts"] = nil },
        HostCase("seccomp", .pass, "user notification") { _ in },
        HostCase("seccomp", .fail, "user_notif") { $0.trials?["seccomp.user_notif"] = 95 },
        HostCase("seccomp", .fail, "errno") { $0.trials?["seccomp.errno"] = nil },
        HostCase("seccomp", .warn, "not known") { $0.trials = nil },
        HostCase("landlock", .pass, "version 7") { _ in },
        HostCase("landlock", .warn, "none (operation not supported)") {
            $0.trials?["landlock.abi"] = -95
        },
        HostCase("landlock", .warn, "not known") { $0.trials = nil },
        HostCase("overlay", .pass, "can be mounted") { _ in },
        HostCase("overlay", .fail, "no such device") { $0.trials?["overlay"] = 19 },
        HostCase("overlay", .warn, "not known") { $0.trials = nil },
        file("core-pattern", .pass, "a file: core", pattern, .text("core")),
        file("core-pattern", .pass, "no cores", pattern, .text("")),
        file(
            "core-pattern", .warn, "piped to /usr/share/apport/apport", pattern,
            .text("|/usr/share/apport/apport -p%p -s%s")),
        file("core-pattern", .fail, "sent to /run/cores", pattern, .text("@/run/cores")),
        file("core-pattern", .warn, "is not there", pattern, .absent),
    ]

    private static let limit = "/proc/sys/user/max_user_namespaces"
    private static let clone = "/proc/sys/kernel/unprivileged_userns_clone"
    private static let restriction = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"

    private static let userNamespaces = [
        file("user-namespaces", .pass, "96365", limit, .text("96365")),
        file("user-namespaces", .warn, "is 40, for 2 slots", limit, .text("40")),
        file("user-namespaces", .fail, "is 0", limit, .text("0")),
        file("user-namespaces", .warn, "permission denied", limit, .refused("permission denied")),
        // Root is let through.
        file("user-namespaces", .pass, "96365", clone, .text("0")),
        HostCase("user-namespaces", .fail, "unprivileged_userns_clone is 0") {
            $0.user = 1000
            $0.files[clone] = .text("0")
        },
        file("apparmor", .pass, "no such restriction", restriction, .absent),
        file("apparmor", .pass, "is off", restriction, .text("0")),
        file("apparmor", .pass, "does not hold for root", restriction, .text("1")),
        file("apparmor", .warn, "denied", restriction, .refused("permission denied")),
        HostCase("apparmor", .pass, "lifted for judge-sandbox") {
            $0.user = 1000
            $0.files[restriction] = .text("1")
        },
        HostCase("apparmor", .fail, "is on") {
            $0.user = 1000
            $0.files[restriction] = .text("1")
            $0.forbidNamespaces(errno: 1)
        },
        HostCase("apparmor", .fail, "is on") {
            $0.user = 1000
            $0.files[restriction] = .text("1")
            // With its rights taken the user namespace itself can still be made.
            $0.forbidNamespaces(errno: 1)
            $0.trials?["namespace.user"] = 0
        },
        HostCase("namespaces", .warn, "cannot be made: user (no space left on device)") {
            $0.files[limit] = .text("0")
            $0.trials?["namespace.user"] = 28
        },
        HostCase("user-namespaces", .fail, "is 0") {
            $0.user = 1000
            $0.files[limit] = .text("0")
            $0.forbidNamespaces(errno: 28)
        },
        HostCase("user-namespaces", .fail, "unprivileged_userns_clone is 0") {
            $0.user = 1000
            $0.files[clone] = .text("0")
            $0.forbidNamespaces(errno: 1)
        },
        // Root in a container without the right to make namespaces.
        HostCase("namespaces", .fail, "mount (operation not permitted), pid") {
            $0.forbidNamespaces(errno: 1)
        },
        HostCase("overlay", .warn, "no mount namespace") { $0.forbidNamespaces(errno: 1) },
    ]

    private static let swapArea = HostFile.text(
        "Filename\tType\tSize\tUsed\tPriority\n/swap.img   file  2097148 0 -2")

    private static let groups = [
        HostCase("cgroup", .pass, "version 2") { _ in },
        HostCase("cgroup", .warn, "version 1") { $0.hierarchy = .success(1) },
        HostCase("cgroup", .fail, "no controller") {
            $0.hierarchy = .failure(TrialFailure("no controller"))
        },
        HostCase("cgroup-delegation", .pass, "in /sys/fs/cgroup") { _ in },
        HostCase("cgroup-delegation", .warn, "not known") { $0.groups = nil },
        HostCase("cgroup-delegation", .fail, "read-only file system") {
            $0.groups = .failure(TrialFailure("read-only file system"))
        },
        HostCase("cgroup-delegation", .fail, "permission denied") {
            $0.user = 1000
            $0.groups = .failure(TrialFailure("permission denied"))
        },
        HostCase("swap-accounting", .pass, "counted") { _ in },
        HostCase("swap-accounting", .pass, "there is no swap") { $0.countSwap(false) },
        HostCase("swap-accounting", .fail, "on and not counted") {
            $0.countSwap(false)
            $0.files["/proc/swaps"] = swapArea
        },
        HostCase("swap-accounting", .warn, "not known") { $0.groups = nil },
        HostCase("swap", .pass, "off") { _ in },
        HostCase("swap", .warn, "on: /swap.img") { $0.files["/proc/swaps"] = swapArea },
        HostCase("swap", .warn, "is not there") { $0.files["/proc/swaps"] = nil },
    ]

    private static let users = [
        HostCase("identities", .pass, "20000 to 20001") { _ in },
        HostCase("identities", .pass, "the judge's own user") { $0.user = 1000 },
        file(
            "identities", .fail, "user postgres has id 20001", "/etc/passwd",
            .text("root:x:0:0::/:/bin/sh\npostgres:x:20001:20001::/:/bin/sh")),
        file("identities", .fail, "group db has id 20000", "/etc/group", .text("db:x:20000:")),
        // Its neighbours are nobody's business.
        file(
            "identities", .pass, "belong to nobody", "/etc/group", .text("a:x:19999:\nb:x:20002:")),
        file("identities", .warn, "20001 to 20001", "/etc/subuid", .text("ada:20001:1")),
        HostCase("subordinate-ids", .pass, "the judge is root") { _ in },
        HostCase("subordinate-ids", .pass, "newuidmap") { $0.user = 1000 },
        HostCase("subordinate-ids", .warn, "(NoNewPrivs)") {
            $0.user = 1000
            $0.files["/proc/self/status"] = .text("Name:\tjudge\nNoNewPrivs:\t1\nSeccomp:\t0")
        },
        HostCase("subordinate-ids", .warn, "0 in /etc/subuid for ada") {
            $0.user = 1000
            $0.files["/etc/subuid"] = .absent
        },
        HostCase("subordinate-ids", .warn, "1 in /etc/subgid for ada") {
            $0.user = 1000
            $0.files["/etc/subgid"] = .text("ada:100000:1\nbob:200000:65536")
        },
        HostCase("subordinate-ids", .warn, "/usr/bin/newgidmap") {
            $0.user = 1000
            $0.programs.remove("/usr/bin/newgidmap")
        },
        HostCase("device-nodes", .pass, "their own") { _ in },
        HostCase("device-nodes", .warn, "share the host's (operation not permitted)") {
            $0.trials?["device-node"] = 1
        },
        HostCase("device-nodes", .warn, "cannot lock files") {
            $0.user = 1000
            $0.trials?["device-node"] = 1
        },
        HostCase("device-nodes", .warn, "no answer") { $0.trials?["device-node"] = nil },
        HostCase("device-nodes", .warn, "no mount namespace") { $0.forbidNamespaces(errno: 1) },
        HostCase("device-nodes", .warn, "not known") { $0.trials = nil },
    ]

    private static let cpu = "/sys/devices/system/cpu"
    private static let turbo = "\(cpu)/intel_pstate/no_turbo"
    private static let huge = "/sys/kernel/mm/transparent_hugepage/enabled"
    private static let clock = "/sys/devices/system/clocksource/clocksource0/current_clocksource"

    private static let times = [
        HostCase("slots", .pass, "2 on 4") { _ in },
        HostCase("slots", .warn, "5 slots on 4") { $0.purpose.slots = 5 },
        file("slots", .pass, "2 on 3", "\(cpu)/online", .text("0-1,7")),
        file("slots", .warn, "not known", "\(cpu)/online", .text("")),
        file("slots", .warn, "not known", "\(cpu)/online", .text("3-1")),
        file("smt", .pass, "one thread", "\(cpu)/smt/active", .text("0")),
        file("smt", .warn, "two or more", "\(cpu)/smt/active", .text("1")),
        file("smt", .warn, "is not there", "\(cpu)/smt/active", .absent),
        HostCase("governor", .pass, "performance") { _ in },
        file(
            "governor", .warn, "performance, powersave", "\(cpu)/cpu1/cpufreq/scaling_governor",
            .text("powersave")),
        HostCase("governor", .warn, "is not there") { host in
            for number in 0...1 { host.files["\(cpu)/cpu\(number)/cpufreq/scaling_governor"] = nil }
        },
        file("turbo", .pass, "off", turbo, .text("1")),
        file("turbo", .warn, "on", turbo, .text("0")),
        file("turbo", .warn, "is not there", turbo, .absent),
        HostCase("turbo", .warn, "on") {
            $0.files[turbo] = nil
            $0.files["\(cpu)/cpufreq/boost"] = .text("1")
        },
        HostCase("turbo", .pass, "off") {
            $0.files[turbo] = nil
            $0.files["\(cpu)/cpufreq/boost"] = .text("0")
        },
        HostCase("address-layout", .pass, "random") { _ in },
        file(
            "address-layout", .warn, "not fully", "/proc/sys/kernel/randomize_va_space", .text("1")),
        file("address-layout", .warn, "not known", "/proc/sys/kernel/randomize_va_space", .absent),
        file("huge-pages", .pass, "to who asks", huge, .text("always [madvise] never")),
        file("huge-pages", .pass, "off", huge, .text("always madvise [never]")),
        file("huge-pages", .pass, "has none", huge, .absent),
        file("huge-pages", .warn, "given to all", huge, .text("[always] madvise never")),
        file("huge-pages", .warn, "denied", huge, .refused("permission denied")),
        file("clock-source", .pass, "tsc", clock, .text("tsc")),
        file("clock-source", .pass, "kvm-clock", clock, .text("kvm-clock")),
        file("clock-source", .warn, "hpet is slow", clock, .text("hpet")),
        file("clock-source", .warn, "is not there", clock, .absent),
    ]

    private static func space(
        _ check: String, _ level: HostFinding.Level, _ found: String, _ path: String,
        _ free: ByteCount, inodes: UInt64? = nil
    ) -> HostCase {
        HostCase(check, level, found) {
            $0.space[path] = HostSpace(
                free: free, freeInodes: inodes ?? 0, inodes: inodes == nil ? 0 : 1 << 20)
        }
    }

    private static let files =
        [("disk-database", "/srv/judge"), ("disk-tmp", "/tmp")].flatMap { check, path in
            [
                space(check, .pass, "4.0 GiB free in \(path)", path, .mebibytes(4096)),
                space(check, .warn, "1023.0 MiB free", path, .mebibytes(1023)),
                space(check, .fail, "63.0 MiB free", path, .mebibytes(63)),
                space(check, .pass, "200000 inodes", path, .mebibytes(4096), inodes: 200_000),
                space(check, .warn, "99999 inodes", path, .mebibytes(4096), inodes: 99_999),
                space(check, .fail, "999 inodes", path, .mebibytes(4096), inodes: 999),
                HostCase(check, .warn, "cannot be asked") { $0.space[path] = nil },
            ]
        } + [
            HostCase("file-view", .pass, "nothing of the database and the problems") { _ in },
            HostCase("file-view", .fail, "every run sees /srv, and the database in") {
                $0.purpose.shown = ["/opt/ada", "/srv"]
            },
            HostCase("file-view", .fail, "the problems in /srv/judge/problems") {
                $0.purpose.shown = ["/srv/judge/problems/sum/data"]
            },
            HostCase("file-view", .fail, "every run sees /") { $0.purpose.shown = ["/"] },
            // A name that begins alike is another place.
            HostCase("file-view", .pass, "nothing") {
                $0.purpose.shown = ["/srv/judge/problems-old"]
            },
            HostCase("file-view", .fail, "sees /opt/link") {
                $0.purpose.shown = ["/opt/link"]
                $0.links["/opt/link"] = "/srv/judge"
            },
            HostCase("file-view", .fail, "every run sees /usr/share, and the problems") {
                $0.purpose.hidden[1].path = "/usr/share/judge"
            },
            HostCase("compilers", .pass, "/usr/bin/gcc") { _ in },
            HostCase("compilers", .warn, "missing: /usr/bin/gcc (C17)") { $0.programs = [] },
            HostCase("compilers", .warn, "missing: /opt/ada") {
                $0.purpose.programs = [
                    NeededProgram(path: "/opt/ada", neededBy: "Ada", package: "")
                ]
            },
        ]
}

extension MadeUpHost {
    /// As a kernel answers that lets nobody make them; an overlay then cannot be tried either.
    mutating func forbidNamespaces(errno: Int) {
        for key in trials?.keys.filter({ $0.hasPrefix("namespace.") }) ?? [] {
            trials?[key] = errno
        }
        trials?["overlay"] = errno
    }

    mutating func countSwap(_ counts: Bool) {
        groups = .success(
            CgroupTrial(version: 2, bases: ["/sys/fs/cgroup"], countsSwap: counts))
    }
}
