import CLinux
import Glibc
import Linux

extension Step {
    /// The step in words, for people.
    var text: String {
        switch self {
        case .none: "set up the run"
        case .dieWithHelper: "tie init to its helper"
        case .allowMapping: "open /proc/self"
        case .denySetgroups: "deny setgroups in the user namespace"
        case .mapUser: "map the user"
        case .mapGroup: "map the group"
        case .nameHost: "set the host name"
        case .limitConnections: "limit what connections hold"
        case .mountProc: "mount /proc in the sandbox"
        case .mountTmp: "mount /tmp in the sandbox"
        case .protectBox: "make /box read-only"
        case .raiseLoopback: "set the loopback interface up"
        case .bindCpu: "bind to the slot's processor"
        case .keepMounts: "hand on the mount namespace"
        case .dropBounding: "drop the capability bounding set"
        case .becomeGroup: "take on the slot's group"
        case .becomeUser: "take on the slot's user"
        case .watchProgram: "watch the program and its filter"
        case .awaitRun: "receive the streams of the run"
        case .startProgram: "start the program's process"
        case .joinCgroup: "join the run's cgroup"
        case .cgroupNamespace: "make a cgroup namespace"
        case .newSession: "start a session"
        case .arrangeStreams: "arrange the standard streams"
        case .closeDescriptors: "close other descriptors"
        case .restrictFiles: "restrict the use of files by Landlock"
        case .setLimit: "set a resource limit"
        case .enterDirectory: "enter the working directory"
        case .dropCapabilities: "drop capabilities"
        case .forbidPrivileges: "forbid new privileges"
        case .installFilter: "install the system call filter"
        case .execProgram: "execute"
        }
    }

    /// What the step needs of the machine; nil where only the request can be wrong.
    var need: Need? {
        switch self {
        case .none, .enterDirectory, .execProgram: nil
        case .allowMapping, .denySetgroups, .mapUser, .mapGroup, .cgroupNamespace: .namespaces
        case .mountProc, .mountTmp, .protectBox: .mounts
        case .limitConnections, .raiseLoopback: .network
        case .bindCpu: .processor
        case .joinCgroup: .cgroup
        case .startProgram: .processes
        case .installFilter, .watchProgram: .filter
        case .nameHost, .dieWithHelper, .keepMounts, .awaitRun, .dropBounding, .becomeGroup,
            .becomeUser, .newSession,
            .arrangeStreams, .closeDescriptors, .restrictFiles, .setLimit, .dropCapabilities,
            .forbidPrivileges:
            .calls
        }
    }
}

/// What a step of the set-up needs of the machine, and who lacks it how to get it.
enum Need {
    case namespaces, mounts, network, processor, cgroup, processes, filter, calls

    /// For a step that was refused.
    fileprivate var whenRefused: String {
        switch self {
        case .namespaces:
            "run as root, or let users make namespaces: sysctl kernel.unprivileged_userns_clone=1 "
                + "kernel.apparmor_restrict_unprivileged_userns=0; a container must be allowed unshare"
        case .mounts:
            "a container must be allowed mounts, and its /proc must not be covered in part"
        case .network: "the network namespace must belong to the run; see judge doctor"
        case .processor: "set cpus in judge.conf to processors that the worker may use"
        case .cgroup: "run as root, or delegate a cgroup to the user (systemd: Delegate=yes)"
        case .processes: "raise the limit on processes of the service (TasksMax, pids.max, nproc)"
        case .filter: "a profile around the worker must not forbid seccomp; see judge doctor"
        case .calls: "a profile around the worker forbids the call; see judge doctor"
        }
    }
}

extension Need {
    /// How to mend that a step which needs it failed with `errno`: `; ...`, or nothing to add.
    func mend(_ errno: Int32) -> String {
        switch (self, errno) {
        case (_, ENOSYS):
            "; this kernel lacks the call, or a profile around the worker hides it: Linux 5.12 or newer "
                + "is needed"
        case (.namespaces, ENOSPC), (.namespaces, EUSERS):
            "; too many namespaces: raise user.max_user_namespaces and the other limits in "
                + "/proc/sys/user"
        case (.cgroup, ENOENT):
            "; the slot's cgroup was removed by somebody else, or its controllers are not enabled: "
                + "start the worker again"
        case (.filter, EINVAL), (.processor, EINVAL), (.processes, EAGAIN), (_, EPERM), (_, EACCES),
            (_, EROFS):
            "; \(whenRefused)"
        default: ""
        }
    }
}

extension KernelError {
    /// The error and how to mend it, by the table of needs.
    var withMend: String {
        if mend != nil { return description }
        let mounting = [
            "mount", "unmount", "make private", "pivot_root", "fsopen", "fsconfig", "fsmount",
            "show",
            "protect",
        ]
        let need: Need =
            if mounting.contains(call) {
                .mounts
            } else if subject.contains("namespace") {
                .namespaces
            } else if call == "filter" || call == "seccomp_init" {
                .filter
            } else if call.hasSuffix("cgroup") || subject.contains(" to ") {
                .cgroup
            } else {
                .calls
            }
        return description + need.mend(errno)
    }
}

/// CLONE_NEW* and what people call them.
private let namespaceNames: [(flag: UInt64, name: String)] = [
    (0x1000_0000, "user"), (0x2000_0000, "PID"), (0x0002_0000, "mount"), (0x4000_0000, "network"),
    (0x0800_0000, "IPC"), (0x0400_0000, "UTS"),
]

/// After `flags` were refused together: the first of these namespaces that is refused by itself, made by
/// a child that ends at once; otherwise all of them.
func refusedNamespace(of flags: UInt64) -> String {
    for (flag, name) in namespaceNames where flags & flag != 0 {
        var arguments = clone_args()
        arguments.flags = flag
        arguments.exit_signal = UInt64(SIGCHLD)
        let result = cl_clone3(&arguments)
        if result == 0 { cl_exit(0) }
        if result < 0 { return "a fresh \(name) namespace" }
        var status: Int32 = 0
        _ = retrying { Int(waitpid(pid_t(result), &status, 0)) }
    }
    return "fresh namespaces"
}

/// The same for the caller's own namespaces. What it got so far it keeps; it is about to end.
func refusedOwnNamespace(of flags: UInt64) -> String {
    for (flag, name) in namespaceNames where flags & flag != 0 {
        if cl_unshare(Int32(truncatingIfNeeded: flag)) < 0 {
            return "the helper's \(name) namespace"
        }
    }
    return "the helper's namespaces"
}
