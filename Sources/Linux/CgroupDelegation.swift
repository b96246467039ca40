// Theory of operation. An ordinary user makes groups beneath one that was given to him. On v2 a group
// with processes cannot hand controllers to its children, so the worker, which sits in the group it
// was given, first moves itself into a leaf beneath it, and back when its last slot is gone. It moves
// nobody else: where others sit in the group it says who.

import CLinux
import Glibc
import Synchronization

/// Moves this process between the group that it was given and a leaf beneath that.
enum CgroupDelegation {
    /// The leaf in which the worker sits while its group has children with controllers.
    static let leaf = "judge-worker"

    /// The group that this process moved itself out of.
    private static let left = Mutex<String?>(nil)

    /// Empties `base` of this process, so that its children can have controllers.
    /// - Throws: naming the other processes that sit there.
    static func makeRoom(in base: String) throws(KernelError) {
        let own = getpid()
        let pids = try readControl("\(base)/cgroup.procs").split(separator: "\n")
            .compactMap { Int32($0) }
        let others = pids.filter { $0 != own }
        guard others.isEmpty, !pids.isEmpty else {
            let names = others.prefix(3).map { pid in
                "\(pid) (\((try? readControl("/proc/\(pid)/comm")) ?? "gone"))"
            }
            // One of those that are listed is the program that lists them.
            throw KernelError(
                "turn controllers on in",
                "\(base), for in it sits process \(names.joined(separator: ", "))", errno: EBUSY,
                mend: "run: mkdir -p \(base)/\(leaf) && for p in $(cat \(base)/cgroup.procs); do "
                    + "echo $p > \(base)/\(leaf)/cgroup.procs; done 2>/dev/null || true")
        }
        let result = mkdir("\(base)/\(leaf)", 0o755) < 0 ? -Int(errno) : 0
        if result != -Int(EEXIST) { try check(result, "make cgroup", "\(base)/\(leaf)") }
        try writeControl("\(own)", to: "\(base)/\(leaf)/cgroup.procs")
        left.withLock { $0 = base }
    }

    /// Undoes `makeRoom` where this process did it and no slot is left in the group; another judge
    /// that has slots there keeps it as it is.
    static func moveBack(to base: String) {
        left.withLock { left in
            guard left == base else { return }
            do throws(KernelError) {
                try writeControl("-memory -pids", to: "\(base)/cgroup.subtree_control")
                try writeControl("\(getpid())", to: "\(base)/cgroup.procs")
                left = nil
            } catch { return }
            rmdir("\(base)/\(leaf)")
        }
    }
}

extension CgroupHierarchy {
    /// On v2 a run can be cloned into a group only by who may write to a group above both: this
    /// process must sit in what it was given.
    func requireCommonGroup() throws(KernelError) {
        guard version == .v2, geteuid() != 0, let base = bases.first, let own = own.first else {
            return
        }
        let (mine, given) = (own.split(separator: "/"), base.split(separator: "/"))
        let common = zip(mine, given).prefix { $0 == $1 }.map { "/\($0.0)" }.joined()
        guard access("\(common)/cgroup.procs", W_OK) < 0 else { return }
        // Whose the group is comes first in what the kernel says, but no owner could write there.
        var facts = statvfs()
        let isReadOnly = statvfs(common, &facts) == 0 && facts.f_flag & UInt(ST_RDONLY) != 0
        let subject = common == base ? base : "\(base) while this process sits in \(own)"
        throw KernelError("use cgroup", subject, errno: isReadOnly ? EROFS : EACCES, mend: mend)
    }

    /// The command that gives the caller groups to work in.
    var mend: String {
        guard geteuid() != 0 else { return "in a container, give it a writable cgroup file system" }
        let name = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) }
        let (user, owner) = (name ?? "\(geteuid())", name ?? "\(geteuid()):\(getegid())")
        let given = isNamed ? bases : points.map { "\($0)/judge-\(user)" }
        switch version {
        case .v1:
            if isNamed { return "run: sudo install -d -o \(user) \(given.joined(separator: " "))" }
            // The judge's parent is the shell that it is started from.
            return "run: sudo sh -c 'for g in \(given.joined(separator: " ")); do mkdir -p $g && "
                + "chown -R \(owner) $g && echo \(getppid()) > $g/cgroup.procs; done'"
        case .v2:
            guard access("/run/systemd/system", F_OK) < 0, let group = given.first else {
                return "run it in a group of its own: "
                    + "systemd-run --user --scope -p Delegate=yes judge ..."
            }
            let leaf = "\(group)/\(CgroupDelegation.leaf)"
            // Groups below have only what those above hand on.
            let controllers = points.map { "echo +memory +pids > \($0)/cgroup.subtree_control && " }
            return "run: sudo sh -c '\(controllers.joined())mkdir -p \(leaf) && "
                + "chown -R \(owner) \(group) && echo \(getppid()) > \(leaf)/cgroup.procs'"
        }
    }
}
