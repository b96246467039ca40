import CLinux
import Glibc

/// The directories of one slot: `judge/slot-…` below each base, held by a lock for as long as the
/// owner lives, so that others can tell what a dead one left.
package final class SlotCgroup {
    private static let parent = "judge"
    private let hierarchy: CgroupHierarchy
    private let name: String
    /// Each is locked: on v1 two judges may share one hierarchy and not another.
    private var directories: [Int32]

    /// Open directories of the slot, in the order of the hierarchy's bases.
    package var descriptors: [Int32] { directories }

    /// Makes the slot's directories; removes first what dead owners left.
    /// - Throws: naming the directory or controller, and what to do.
    package init(_ hierarchy: CgroupHierarchy) throws(KernelError) {
        self.hierarchy = hierarchy
        try hierarchy.requireCommonGroup()
        Self.removeAbandoned(hierarchy)
        var attempt = 0
        while true {
            let name = "slot-\(getpid())-\(cl_monotonic_nanoseconds())"
            do throws(KernelError) {
                directories = try Self.make(name, hierarchy)
                self.name = name
                return
            } catch {
                // Another process may have taken the new directory for an abandoned one.
                attempt += 1
                guard attempt < 10, error.errno == ENOENT || error.errno == EWOULDBLOCK else {
                    throw error
                }
            }
        }
    }

    deinit {
        remove()
    }

    /// Removes the groups of runs whose helper died, as soon as the kernel has let their processes go.
    /// - Throws: when one is still busy after a second.
    package func removeRuns() throws(KernelError) {
        for base in hierarchy.bases {
            let slot = "\(base)/\(Self.parent)/\(name)"
            for run in Self.entries(slot) where Self.isOfRuns(run) {
                let directory = try Descriptor.open(slot, O_RDONLY | O_DIRECTORY)
                try removeGroup(run, in: directory.number)
            }
        }
    }

    /// Removes the directories. The runs' groups in them must be gone.
    package func remove() {
        for directory in directories { _ = cl_close(directory) }
        directories = []
        for base in hierarchy.bases {
            rmdir("\(base)/\(Self.parent)/\(name)")
            // Goes with the last slot of all processes.
            guard rmdir("\(base)/\(Self.parent)") == 0, hierarchy.version == .v2 else { continue }
            CgroupDelegation.moveBack(to: base)
        }
    }

    private static func make(
        _ name: String, _ hierarchy: CgroupHierarchy
    ) throws(KernelError) -> [Int32] {
        var opened: [Int32] = []
        do throws(KernelError) {
            for base in hierarchy.bases {
                let parent = "\(base)/\(Self.parent)"
                guard access(base, F_OK) == 0 else {
                    throw KernelError(
                        "find cgroup", base, errno: ENOENT, mend: hierarchy.mend)
                }
                if hierarchy.version == .v2 { try enableControllers(base, hierarchy) }
                try makeDirectory(parent, mayExist: true, hierarchy)
                if hierarchy.version == .v2 { try enableControllers(parent, hierarchy) }
                try makeDirectory("\(parent)/\(name)", mayExist: false, hierarchy)
                let directory = try Descriptor.open("\(parent)/\(name)", O_RDONLY | O_DIRECTORY)
                let result = flock(directory.number, LOCK_EX | LOCK_NB) < 0 ? -Int(errno) : 0
                try check(result, "lock", "\(parent)/\(name)")
                try requireSame(directory.number, "\(parent)/\(name)")
                if hierarchy.version == .v2 {
                    try enableControllers("\(parent)/\(name)", hierarchy)
                }
                // The first hierarchy of v1 is memory's.
                if hierarchy.version == .v1 && opened.isEmpty {
                    try limitTCP(to: "-1", at: directory.number)
                }
                opened.append(directory.release())
            }
            return opened
        } catch {
            for directory in opened { _ = cl_close(directory) }
            for base in hierarchy.bases { rmdir("\(base)/\(Self.parent)/\(name)") }
            throw error
        }
    }

    /// Between its making and its locking another process may have removed the directory as abandoned.
    private static func requireSame(_ directory: Int32, _ path: String) throws(KernelError) {
        var (locked, named) = (stat(), stat())
        try check(fstat(directory, &locked) < 0 ? -Int(errno) : 0, "stat", path)
        try check(stat(path, &named) < 0 ? -Int(errno) : 0, "stat", path)
        if locked.st_ino != named.st_ino { throw KernelError("lock", path, errno: ENOENT) }
    }

    private static func makeDirectory(
        _ path: String, mayExist: Bool, _ hierarchy: CgroupHierarchy
    ) throws(KernelError) {
        let result = mkdir(path, 0o755) < 0 ? -Int(errno) : 0
        if mayExist && result == -Int(EEXIST) { return }
        if isRefusal(Int32(-result)) {
            throw KernelError("make cgroup", path, errno: Int32(-result), mend: hierarchy.mend)
        }
        try check(result, "make cgroup", path)
    }

    private static func isRefusal(_ errno: Int32) -> Bool {
        errno == EACCES || errno == EPERM || errno == EROFS
    }

    /// Lets children of a group have memory and pids controllers of their own.
    private static func enableControllers(
        _ group: String, _ hierarchy: CgroupHierarchy
    ) throws(KernelError) {
        let control = "\(group)/cgroup.subtree_control"
        let enabled = try readControl(control).split(separator: " ")
        for controller in ["memory", "pids"] where !enabled.contains(Substring(controller)) {
            do throws(KernelError) {
                try writeControl("+\(controller)", to: control)
            } catch  where error.errno == EBUSY {
                try CgroupDelegation.makeRoom(in: group)
                try writeControl("+\(controller)", to: control)
            } catch  where isRefusal(error.errno) || isWithout(controller, group) {
                throw KernelError(
                    "turn on controller \(controller) in", group, errno: error.errno,
                    mend: hierarchy.mend)
            }
        }
    }

    private static func isWithout(_ controller: String, _ group: String) -> Bool {
        let given = (try? readControl("\(group)/cgroup.controllers")) ?? controller
        return !given.split(separator: " ").contains(Substring(controller))
    }

    /// Removes the directories of owners that are dead: their lock can be had.
    private static func removeAbandoned(_ hierarchy: CgroupHierarchy) {
        for base in hierarchy.bases {
            for name in entries("\(base)/\(Self.parent)") where name.hasPrefix("slot-") {
                let slot = "\(base)/\(Self.parent)/\(name)"
                guard let directory = try? Descriptor.open(slot, O_RDONLY | O_DIRECTORY),
                    flock(directory.number, LOCK_EX | LOCK_NB) == 0
                else { continue }
                for run in entries(slot) where isOfRuns(run) { rmdir("\(slot)/\(run)") }
                rmdir(slot)
            }
        }
    }

    /// Whether a helper made it: the group of a run, or on v1 an account of CPU time.
    private static func isOfRuns(_ name: String) -> Bool {
        name.hasPrefix("run-") || name.hasPrefix("account-")
    }

    private static func entries(_ path: String) -> [String] {
        (try? directoryNames(path)) ?? []
    }
}
