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
                mend: "add systemd.unified_cgroup_hierarchy=1 to the kernel's command line: edit "
                    + "/etc/default/grub, then update-grub && reboot")
        case .failure(let failure):
            .fail(
                failure.text,
                mend: "add cgroup_enable=memory systemd.unified_cgroup_hierarchy=1 to the kernel's "
                    + "command line: edit /etc/default/grub, then update-grub && reboot")
        }
    }

    static let cgroupDelegation = HostCheck(
        "cgroup-delegation", because: "the judge makes a group for each slot and each run"
    ) { host in
        switch host.groups {
        case nil: .warn("not known: no hierarchy was found", mend: "see the check cgroup")
        case .success(let trial)?:
            .pass("groups can be made in \(trial.bases.joined(separator: ", "))")
        case .failure(let failure)?:
            .fail(
                failure.text,
                mend: host.isRoot
                    ? "systemd-run --scope -p Delegate=yes judge worker"
                    : "systemd-run --user --scope -p Delegate=yes judge worker")
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
            return .fail("swap is on and not counted", mend: "swapoff -a")
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
            return .warn("on: \(areas.joined(separator: ", "))", mend: "swapoff -a")
        }
        return .pass("off")
    }
}

extension Host {
    /// Files and partitions that are swapped to.
    var swapAreas: [String] {
        // The first line is the heading.
        (text("/proc/swaps") ?? "").split(separator: "\n").dropFirst()
            .compactMap { $0.split { $0 == " " || $0 == "\t" }.first.map(String.init) }
    }
}
