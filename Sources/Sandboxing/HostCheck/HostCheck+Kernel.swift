import Glibc
import Linux

extension HostCheck {
    static let kernel = HostCheck(
        "kernel", because: "older kernels lack calls that the sandbox is made with"
    ) { host in
        let path = "/proc/sys/kernel/osrelease"
        let upgrade = host.mends.onHost("apt-get install linux-image-amd64 && reboot")
        guard let release = host.text(path) else {
            return .notKnown(host, path, mend: "mount -t proc proc /proc")
        }
        let numbers = release.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
        guard numbers.count == 2 else {
            return .warn("not known: Linux \(release)", mend: "uname -r")
        }
        let isNewEnough = numbers[0] > 5 || (numbers[0] == 5 && numbers[1] >= 14)
        return isNewEnough
            ? .pass("Linux \(release)")
            : .fail("Linux \(release), older than 5.14", mend: upgrade)
    }

    static let helper = HostCheck(
        "helper", because: "every run is started by judge-sandbox, built with this judge"
    ) { host in
        let build = "swift build -c release --product judge-sandbox"
        switch host.trials {
        case .failure(let failure): return .fail(failure.text, mend: build)
        case .success(let trials):
            let spoken = trials["protocol"].map { "version \($0)" } ?? "no version"
            guard trials["protocol"] == Host.protocolVersion else {
                return .fail(
                    "it speaks \(spoken) of the protocol and not \(Host.protocolVersion)",
                    mend: build)
            }
            return .pass("present, \(spoken) of the protocol")
        }
    }

    static let namespaces = HostCheck(
        "namespaces", because: "each run lives in seven namespaces of its own"
    ) { host in
        let kinds = ["user", "mount", "pid", "network", "ipc", "uts", "cgroup"]
        guard let trials = host.helperTrials else { return host.noTrials }
        let refused = kinds.filter { trials["namespace.\($0)"] != 0 }
        guard refused.isEmpty else {
            let causes = refused.map { kind in
                "\(kind) (\(trials["namespace.\(kind)"].map { errorText(Int32($0)) } ?? "no answer"))"
            }
            // A setting that forbids them is a fault of its own, and told once.
            for cause in [userNamespaces, appArmor] {
                guard case .fail = cause.examine(host) else { continue }
                return .warn(
                    "cannot be made: \(causes.joined(separator: ", "))",
                    mend: "see the check \(cause.name)")
            }
            let mend = mend(host, full: refused.filter { trials["namespace.\($0)"] == Int(ENOSPC) })
            return .fail("cannot be made: \(causes.joined(separator: ", "))", mend: mend)
        }
        return .pass("all seven can be made")
    }

    /// - Parameter full: kinds of namespaces of which there are as many as allowed.
    private static func mend(_ host: Host, full: [String]) -> String {
        if full.isEmpty {
            let settings = ["RestrictNamespaces=no", "SystemCallFilter="]
            let option = "--security-opt seccomp=seccomp.json and without --user"
            let mend =
                host.mends.dropIn("namespaces", settings)
                ?? host.mends.containerOption(podman: option, docker: option)
            if let mend { return mend }
        }
        if host.isRoot && full.isEmpty {
            return "start the judge outside of the container, or give the container CAP_SYS_ADMIN"
        }
        // Of other names in /proc/sys/user.
        let names = ["mount": "mnt", "network": "net"]
        let limits = (full.isEmpty ? ["user"] : full).map {
            "user.max_\(names[$0] ?? $0)_namespaces=16384"
        }
        return host.mends.onHost("sysctl -w " + limits.joined(separator: " "))
    }

    static let userNamespaces = HostCheck(
        "user-namespaces", because: "each run is in a user namespace that maps one user"
    ) { host in
        let limit = "/proc/sys/user/max_user_namespaces"
        let clone = "/proc/sys/kernel/unprivileged_userns_clone"
        if !host.isRoot, host.text(clone) == "0" {
            return .fail(
                "kernel.unprivileged_userns_clone is 0",
                mend: host.mends.onHost("sysctl -w kernel.unprivileged_userns_clone=1"))
        }
        guard let count = host.text(limit).flatMap({ Int($0) }) else {
            return .notKnown(host, limit, mend: "sysctl user.max_user_namespaces")
        }
        // A helper and its run have one each, and those that end are removed a little later.
        let wanted = 16 * (host.purpose.slots + 1)
        let mend = host.mends.onHost("sysctl -w user.max_user_namespaces=16384")
        if count < 2 * host.purpose.slots {
            return .fail("user.max_user_namespaces is \(count)", mend: mend)
        }
        if count < wanted {
            return .warn(
                "user.max_user_namespaces is \(count), for \(host.purpose.slots) slots", mend: mend)
        }
        return .pass("\(count) may be made")
    }

    static let appArmor = HostCheck(
        "apparmor", because: "AppArmor may take all rights from a user namespace made without root"
    ) { host in
        let path = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
        switch host.file(path) {
        case .absent: return .pass("no such restriction in this kernel")
        case .text("0"): return .pass("restriction is off")
        case .refused(let why):
            return .warn("not known: \(path): \(why)", mend: "sudo cat \(path)")
        case .text:
            if host.isRoot { return .pass("restriction is on, which does not hold for root") }
            // A profile may lift it for the helper: then a mount namespace could be made.
            if host.helperTrials?["namespace.mount"] == 0 {
                return .pass("restriction is on, and lifted for judge-sandbox")
            }
            return .fail(
                "kernel.apparmor_restrict_unprivileged_userns is on",
                mend: host.mends.onHost("sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"))
        }
    }

    static let seccomp = HostCheck(
        "seccomp", because: "the filter keeps programs from most of the kernel"
    ) { host in
        guard let trials = host.helperTrials else { return host.noTrials }
        let mend = "boot a kernel that has CONFIG_SECCOMP_FILTER, as Debian's have"
        // The filter of every run makes use of both.
        for action in ["errno", "user_notif"] where trials["seccomp.\(action)"] != 0 {
            return .fail("filters cannot answer \(action)", mend: mend)
        }
        return .pass("filters with user notification")
    }

    static let landlock = HostCheck(
        "landlock", because: "a second wall around files, should the first have a hole"
    ) { host in
        guard let version = host.helperTrials?["landlock.abi"] else { return host.noTrials }
        guard version > 0 else {
            return .warn(
                "none (\(errorText(Int32(truncatingIfNeeded: -version))))",
                mend: "add lsm=landlock,lockdown,yama,integrity,apparmor to the kernel's command "
                    + "line: edit /etc/default/grub, then update-grub && reboot")
        }
        return .pass("interface version \(version)")
    }

    static let overlay = HostCheck(
        "overlay",
        because: "runs see the host's files through overlays, which share no lock and no inode"
    ) { host in
        guard let trials = host.helperTrials else { return host.noTrials }
        if trials["namespace.mount"] != 0 || (!host.isRoot && trials["namespace.user"] != 0) {
            return .warn("not known: no mount namespace to try it in", mend: "see namespaces")
        }
        guard let result = trials["overlay"], result == 0 else {
            let cause = trials["overlay"].map { errorText(Int32($0)) } ?? "no answer"
            return .fail(
                "cannot be mounted (\(cause))", mend: host.mends.onHost("modprobe overlay"))
        }
        return .pass("can be mounted")
    }

    static let corePattern = HostCheck(
        "core-pattern",
        because:
            "a handler runs as root outside of any sandbox, and a limit alone keeps runs from it"
    ) { host in
        let path = "/proc/sys/kernel/core_pattern"
        guard let pattern = host.text(path) else {
            return .notKnown(host, path, mend: "sysctl kernel.core_pattern")
        }
        guard pattern.hasPrefix("|") || pattern.hasPrefix("@") else {
            return .pass(pattern.isEmpty ? "no cores" : "a file: \(pattern)")
        }
        let mend = host.mends.onHost("sysctl -w kernel.core_pattern=core")
        let handler = pattern.drop { $0 == "|" || $0 == "@" }.prefix { $0 != " " }
        // Runs have the core limit of which the kernel starts no program; sockets it may ask still.
        return pattern.hasPrefix("|")
            ? .warn("crashes are piped to \(handler)", mend: mend)
            : .fail("crashes of runs are sent to \(handler)", mend: mend)
    }
}

extension Host {
    /// nil when there is no helper of this version to be asked, which the check of the helper tells.
    var helperTrials: [String: Int]? {
        guard let trials = try? trials.get(), trials["protocol"] == Host.protocolVersion else {
            return nil
        }
        return trials
    }

    var noTrials: HostAnswer {
        .warn("not known: there is no judge-sandbox to try it", mend: "see the check of the helper")
    }
}
