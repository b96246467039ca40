import Glibc
import Linux
import SandboxProtocol
import Units

extension Host {
    static let protocolVersion = Int(SandboxProtocol.protocolVersion)

    /// This machine. Tries what can be tried, which takes some ten milliseconds, and leaves nothing.
    ///
    /// - Parameter helper: path of judge-sandbox, or why there is none.
    package static func live(
        _ purpose: HostPurpose, helper: Result<String, TrialFailure>
    ) -> Host {
        let user = geteuid()
        let trials = helper.flatMap { path in
            HelperMode.output(of: path, ["trials"]).map(trialValues)
        }
        let (hierarchy, groups) = tryGroups(purpose.cgroup)
        return Host(
            purpose: purpose, user: user, userName: name(of: user),
            deployment: .live, trials: trials,
            hierarchy: hierarchy, groups: groups, file: read, names: names, space: space,
            isProgram: { access($0, X_OK) == 0 }, resolved: resolved)
    }

    /// Lines `key<TAB>number`.
    static func trialValues(_ text: String) -> [String: Int] {
        var values: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "\t")
            if parts.count == 2, let value = Int(parts[1]) { values[String(parts[0])] = value }
        }
        return values
    }

    /// Makes and removes the groups of a slot.
    private static func tryGroups(
        _ group: String?
    ) -> (Result<Int, TrialFailure>, Result<CgroupTrial, TrialFailure>?) {
        let hierarchy: CgroupHierarchy
        do throws(KernelError) {
            hierarchy = try CgroupHierarchy.find(group: group)
        } catch {
            return (.failure(TrialFailure(error)), nil)
        }
        let version = hierarchy.version == .v2 ? 2 : 1
        do throws(KernelError) {
            let slot = try SlotCgroup(hierarchy)
            defer { slot.remove() }
            // v2 lets its root be without the file, so the slot's own group is asked.
            let file = version == 2 ? "memory.swap.max" : "memory.memsw.limit_in_bytes"
            let counts = slot.descriptors.first.map { (try? readControl(file, at: $0)) != nil }
            return (
                .success(version),
                .success(
                    CgroupTrial(
                        version: version, bases: hierarchy.bases, countsSwap: counts ?? false))
            )
        } catch {
            return (.success(version), .failure(TrialFailure(error)))
        }
    }

    private static func name(of user: UInt32) -> String {
        guard let entry = getpwuid(user), let name = entry.pointee.pw_name else { return "\(user)" }
        return String(cString: name)
    }

    private static func read(_ path: String) -> HostFile {
        do throws(KernelError) {
            return .text(try readControl(path))
        } catch {
            return error.errno == ENOENT || error.errno == ENODEV
                ? .absent : .refused(errorText(error.errno))
        }
    }

    private static func names(_ directory: String) -> [String] {
        (try? directoryNames(directory)) ?? []
    }

    private static func space(_ path: String) -> HostSpace? {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return nil }
        let free = UInt64(facts.f_bavail).multipliedReportingOverflow(by: UInt64(facts.f_frsize))
        return HostSpace(
            free: ByteCount(free.overflow ? Int64.max : Int64(clamping: free.partialValue)),
            freeInodes: UInt64(facts.f_favail), inodes: UInt64(facts.f_files))
    }

    private static func resolved(_ path: String) -> String {
        // What is not there yet has no links.
        var known = path.split(separator: "/")
        var missing: [Substring] = []
        while true {
            if let name = realpath("/" + known.joined(separator: "/"), nil) {
                defer { free(name) }
                let place = String(cString: name)
                let rest = missing.reversed().map { "/\($0)" }.joined()
                return place == "/" && !rest.isEmpty ? rest : place + rest
            }
            guard let last = known.popLast() else { return path }
            missing.append(last)
        }
    }
}

extension Deployment {
    /// How this process was started.
    static var live: Deployment {
        var link = [CChar](repeating: 0, count: 64)
        let length = readlink("/proc/self/ns/pid", &link, link.count - 1)
        let processes = link.prefix(max(0, length)).map { UInt8(bitPattern: $0) }
        return find(
            isThere: { access($0, F_OK) == 0 },
            processes: String(decoding: processes, as: UTF8.self),
            groups: (try? readControl("/proc/self/cgroup")) ?? "", user: geteuid())
    }
}

extension Mends {
    static var live: Mends { Mends(deployment: .live, isRoot: geteuid() == 0) }
}

extension TrialFailure {
    init(_ error: KernelError) {
        self.init(
            "cannot \(error.fact)", errno: error.errno,
            mend: error.mend.map { $0.hasPrefix("run: ") ? String($0.dropFirst(5)) : $0 })
    }
}
