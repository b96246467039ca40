import Glibc

extension HostCheck {
    static let cgroup = HostCheck(
        "cgroup", because: "control groups limit and measure memory, processes and CPU time"
    ) { host in
        switch host.hierarchy {
        case .success(2): .pass("version 2 with memory and pids")
        case .success(let version):
            .warn(
                "version \(version) with memory, pids and cpuacct: buffers of TCP are an account "
                    + "of their own there",
                mend: host.mends.onHost(
                    "add systemd.unified_cgroup_hierarchy=1 to the kernel's command line: edit "
                        + "/etc/default/grub, then update-grub && reboot", isCommand: false))
        case .failure(let failure): .fail(failure.text, mend: host.controllerMend)
        }
    }

    static let cgroupDelegation = HostCheck(
        "cgroup-delegation", because: "the judge makes a group for each slot and each run"
    ) { host in
        switch host.groups {
        case nil: .warn("not known: no hierarchy was found", mend: "see the check cgroup")
        case .success(let trial)?:
            .pass("groups can be made in \(trial.bases.joined(separator: ", "))")
        case .failure(let failure)?: .fail(failure.text, mend: host.delegationMend(failure))
        }
    }

    static let swapAccounting = HostCheck(
        "swap-accounting", because: "a limit of memory that leaves swap out is none"
    ) { host in
        guard case .success(let trial)? = host.groups else {
            return .warn("not known: no group could be made", mend: "see the checks of cgroups")
        }
        if trial.countsSwap { return .pass("swap is counted as memory") }
        guard host.swapAreas.isEmpty else {
            return .fail("swap is on and not counted", mend: host.mends.onHost("swapoff -a"))
        }
        return .pass("not counted, and there is no swap")
    }

    static let swap = HostCheck(
        "swap", because: "on a machine that swaps, times depend on what else it does"
    ) { host in
        guard host.text("/proc/swaps") != nil else {
            return .notKnown(host, "/proc/swaps", mend: "cat /proc/swaps")
        }
        let areas = host.swapAreas
        guard areas.isEmpty else {
            return .warn(
                "on: \(areas.joined(separator: ", "))", mend: host.mends.onHost("swapoff -a"))
        }
        return .pass("off")
    }
}

extension Host {
    /// What gives the judge groups to work in.
    fileprivate func delegationMend(_ failure: TrialFailure) -> String {
        // It sits with others in a group that it was given.
        if failure.errno == EBUSY, let mend = failure.mend {
            guard case .service(let unit, _) = deployment else { return mend }
            // Who sits there now is gone when it starts anew.
            return
                "let ExecStart= of \(unit) start judge itself, or a shell by exec: systemctl edit "
                + "--full \(unit)"
        }
        let settings = ["Delegate=cpu memory pids", "ProtectControlGroups=no"]
        if let mend = mends.dropIn("delegation", settings) { return mend }
        if deployment.isContainer {
            guard failure.errno == EROFS else {
                return
                    // Its entry point gives them to the judge's user.
                    "start the container with --cap-add CHOWN,SETUID,SETGID and without --user, as "
                    + "docs/container.md says"
            }
            return mends.containerOption(
                podman: "--security-opt unmask=ALL",
                docker: "--security-opt writable-cgroups=true") ?? ""
        }
        if isRoot {
            return failure.errno == EROFS
                ? "mount -o remount,rw /sys/fs/cgroup"
                : "systemd-run --scope -p Delegate=yes judge worker"
        }
        let run = "systemd-run --user --scope -p Delegate=yes judge worker"
        switch deployment {
        case .shell(hasManager: false):
            // The command that lets it live on does not wait until it does.
            return "sudo sh -c 'loginctl enable-linger \(userName) && "
                + "systemctl start user@\(user).service' && XDG_RUNTIME_DIR=/run/user/\(user) \(run)"
        case .bare: return failure.mend ?? run
        case .shell, .service, .container: return run
        }
    }

    /// What brings back a controller that neither version has here.
    fileprivate var controllerMend: String {
        // Name, hierarchy, groups, and whether the kernel was started with it.
        let known = (text("/proc/cgroups") ?? "").split(separator: "\n")
            .map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
            .filter { $0.count == 4 && ["memory", "pids", "cpuacct"].contains($0[0]) }
        let off = known.filter { $0[3] == "0" }.map { $0[0] }
        if !off.isEmpty || known.isEmpty {
            let parameters = (off.isEmpty ? ["memory"] : off).map { "cgroup_enable=\($0)" }
            return mends.onHost(
                "add \(parameters.joined(separator: " ")) systemd.unified_cgroup_hierarchy=1 to the "
                    + "kernel's command line: edit /etc/default/grub, then update-grub && reboot",
                isCommand: false)
        }
        if let mend = mends.containerOption(
            podman: "--cgroupns private", docker: "--cgroupns private")
        {
            return mend
        }
        // In a hierarchy of version 1 a controller has a number; version 2 has those of none.
        let mounted = (text("/proc/self/mountinfo") ?? "").split(separator: "\n")
            .filter { $0.contains(" - cgroup ") }.flatMap { $0.split { $0 == " " || $0 == "," } }
        let missing = known.filter { $0[1] != "0" && !mounted.contains(Substring($0[0])) }
        guard !missing.isEmpty else { return mends.asRoot("mount -t cgroup2 none /sys/fs/cgroup") }
        return mends.asRoot(
            missing.map { line in
                let place = "/sys/fs/cgroup/\(line[0])"
                return "mkdir -p \(place) && mount -t cgroup -o \(line[0]) none \(place)"
            }.joined(separator: " && "))
    }

    /// Files and partitions that are swapped to.
    var swapAreas: [String] {
        // The first line is the heading.
        (text("/proc/swaps") ?? "").split(separator: "\n").dropFirst()
            .compactMap { $0.split { $0 == " " || $0 == "\t" }.first.map(String.init) }
    }
}
