import Glibc

/// Where the judge makes its groups: one base directory in each hierarchy it needs.
package struct CgroupHierarchy: Sendable, Equatable {
    package enum Version: Sendable, Equatable { case v1, v2 }

    package let version: Version
    /// v1: memory, pids, cpuacct. v2: the one hierarchy.
    package let bases: [String]
    /// Where the hierarchies are mounted, and the groups in which this process sits.
    let points: [String]
    let own: [String]
    /// Whether somebody chose the group by its name.
    let isNamed: Bool

    /// Finds the hierarchies of this machine.
    ///
    /// v2 is taken when it has the memory and pids controllers, else v1 (hybrid systems mount a v2
    /// without controllers beside v1).
    /// - Parameter group: path below the mount in which groups shall be made; nil: the caller's own
    ///   group on v1; on v2 the root of the hierarchy for root and the caller's own group otherwise,
    ///   or the one above where its own is the leaf that a judge moves to.
    /// - Throws: naming what is missing.
    package static func find(group: String? = nil) throws(KernelError) -> CgroupHierarchy {
        let mounts = try readControl("/proc/self/mountinfo")
        let own = try readControl("/proc/self/cgroup")
        return try find(group: group, mounts: mounts, own: own, isRoot: geteuid() == 0)
    }

    static func find(
        group: String?, mounts: String, own: String, isRoot: Bool
    ) throws(KernelError) -> CgroupHierarchy {
        let mounts = mounts.split(separator: "\n").compactMap { CgroupMount($0) }
        let groups = ownGroups(own)
        if let mount = mounts.first(where: { $0.isV2 && hasControllers($0.point) }) {
            let own = mount.relative(groups[""] ?? "/")
            let path = group ?? (isRoot ? "/" : aboveLeaf(own))
            return CgroupHierarchy(
                version: .v2, bases: [join(mount.point, path)], points: [mount.point],
                own: [join(mount.point, own)], isNamed: group != nil)
        }
        var bases: [String] = []
        var points: [String] = []
        var owns: [String] = []
        for controller in ["memory", "pids", "cpuacct"] {
            guard
                let mount = mounts.first(where: { $0.controllers.contains(Substring(controller)) })
            else {
                throw KernelError(
                    "find the cgroup controller", "\(controller), neither v2 nor v1 has it",
                    errno: ENOENT,
                    mend:
                        "mount -t cgroup2 none /sys/fs/cgroup, or show it to the container; or boot "
                        + "with cgroup_enable=\(controller)")
            }
            let own = mount.relative(groups[controller] ?? "/")
            bases.append(join(mount.point, group ?? own))
            points.append(mount.point)
            owns.append(join(mount.point, own))
        }
        return CgroupHierarchy(
            version: .v1, bases: bases, points: points, own: owns, isNamed: group != nil)
    }

    private static func aboveLeaf(_ group: String) -> String {
        let parts = group.split(separator: "/")
        guard parts.last == Substring(CgroupDelegation.leaf) else { return group }
        return "/" + parts.dropLast().joined(separator: "/")
    }

    private static func hasControllers(_ point: String) -> Bool {
        let text = (try? readControl("\(point)/cgroup.controllers")) ?? ""
        let names = text.split(separator: " ")
        return names.contains("memory") && names.contains("pids")
    }

    /// `/proc/self/cgroup`: controller (empty for v2) to path.
    private static func ownGroups(_ text: String) -> [String: String] {
        var groups: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            for name in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
                groups[String(name)] = String(parts[2])
            }
        }
        return groups
    }

    private static func join(_ point: String, _ path: String) -> String {
        let inner = path.split(separator: "/").joined(separator: "/")
        return inner.isEmpty ? point : "\(point)/\(inner)"
    }
}

/// A line of mountinfo about a cgroup file system.
private struct CgroupMount {
    let root: String
    let point: String
    let isV2: Bool
    let controllers: [Substring]

    init?(_ line: Substring) {
        let halves = line.split(separator: " ")
        guard let dash = halves.firstIndex(of: "-"), halves.count > dash + 3, dash > 4,
            halves[dash + 1] == "cgroup" || halves[dash + 1] == "cgroup2"
        else { return nil }
        root = String(halves[3])
        point = String(halves[4])
        isV2 = halves[dash + 1] == "cgroup2"
        controllers = isV2 ? [] : halves[dash + 3].split(separator: ",")
    }

    /// A group's path below the mount, which may show only a part of the hierarchy.
    func relative(_ path: String) -> String {
        guard root != "/", path.hasPrefix(root) else { return path }
        return String(path.dropFirst(root.utf8.count))
    }
}
