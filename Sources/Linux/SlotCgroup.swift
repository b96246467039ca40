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
            for run in Self.entries(slot) where run.hasPrefix("run-") {
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
            rmdir("\(base)/\(Self.parent)")
        }
    }

    private static func make(
        _ name: String, _ hierarchy: CgroupHierarchy
    ) throws(KernelError) -> [Int32] {
        var opened: [Int32] = []
        do throws(KernelError) {
            for base in hierarchy.bases {
                let parent = "\(base)/\(Self.parent)"
                if hierarchy.version == .v2 { try enableControllers(base) }
                try makeDirectory(parent, mayExist: true)
                if hierarchy.version == .v2 { try enableControllers(parent) }
                try makeDirectory("\(parent)/\(name)", mayExist: false)
                let directory = try Descriptor.open("\(parent)/\(name)", O_RDONLY | O_DIRECTORY)
                let result = flock(directory.number, LOCK_EX | LOCK_NB) < 0 ? -Int(errno) : 0
                try check(result, "lock", "\(parent)/\(name)")
                try requireSame(directory.number, "\(parent)/\(name)")
                if hierarchy.version == .v2 { try enableControllers("\(parent)/\(name)") }
                // The first hierarchy of v1 is memory's.
                if hierarchy.version == .v1 && opened.isEmpty {
                    try CgroupV1.limitTCP(to: "-1", at: directory.number)
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

    private static func makeDirectory(_ path: String, mayExist: Bool) throws(KernelError) {
        let result = mkdir(path, 0o755) < 0 ? -Int(errno) : 0
        if mayExist && result == -Int(EEXIST) { return }
        if result == -Int(EACCES) || result == -Int(EPERM) || result == -Int(EROFS) {
            throw KernelError(
                "make cgroup", "\(path) (run as root, or delegate a subtree)",
                errno: Int32(-result))
        }
        try check(result, "make cgroup", path)
    }

    /// Lets children of a group have memory and pids controllers of their own.
    private static func enableControllers(_ group: String) throws(KernelError) {
        let enabled = try readControl("\(group)/cgroup.subtree_control").split(separator: " ")
        for controller in ["memory", "pids"] where !enabled.contains(Substring(controller)) {
            try writeControl("+\(controller)", to: "\(group)/cgroup.subtree_control")
        }
    }

    /// Removes the directories of owners that are dead: their lock can be had.
    private static func removeAbandoned(_ hierarchy: CgroupHierarchy) {
        for base in hierarchy.bases {
            for name in entries("\(base)/\(Self.parent)") where name.hasPrefix("slot-") {
                let slot = "\(base)/\(Self.parent)/\(name)"
                guard let directory = try? Descriptor.open(slot, O_RDONLY | O_DIRECTORY),
                    flock(directory.number, LOCK_EX | LOCK_NB) == 0
                else { continue }
                for run in entries(slot) where run.hasPrefix("run-") { rmdir("\(slot)/\(run)") }
                rmdir(slot)
            }
        }
    }

    private static func entries(_ path: String) -> [String] {
        (try? directoryNames(path)) ?? []
    }
}
