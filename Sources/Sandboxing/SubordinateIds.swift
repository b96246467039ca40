import Glibc
import Linux

/// The ids that the machine's administrator lends an ordinary user, in /etc/subuid and /etc/subgid.
struct SubordinateIds: Sendable, Equatable {
    struct Range: Sendable, Equatable {
        let first: UInt32
        let count: UInt32
    }

    let users: Range
    let groups: Range

    /// What the machine lends the caller.
    /// - Returns: nil where it lends nothing, lacks newuidmap and newgidmap, which alone may map it, or lets them
    ///   gain no rights.
    static func find() -> SubordinateIds? {
        guard Privileges.canBeGained else { return nil }
        guard Self.program("newuidmap") != nil, Self.program("newgidmap") != nil else { return nil }
        let name = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) }
        return find(
            user: name, id: geteuid(), users: (try? readControl("/etc/subuid")) ?? "",
            groups: (try? readControl("/etc/subgid")) ?? "")
    }

    static func find(
        user: String?, id: UInt32, users: String, groups: String
    ) -> SubordinateIds? {
        func first(_ text: String) -> Range? {
            for line in text.split(separator: "\n") {
                let parts = line.split(separator: ":", omittingEmptySubsequences: false)
                guard parts.count == 3, parts[0] == user ?? "" || parts[0] == "\(id)",
                    let first = UInt32(parts[1]), let count = UInt32(parts[2]), first > 0, count > 0
                else { continue }
                return Range(first: first, count: min(count, UInt32.max - first))
            }
            return nil
        }
        guard let users = first(users), let groups = first(groups) else { return nil }
        return SubordinateIds(users: users, groups: groups)
    }

    /// Maps the caller to 0 and one lent user and group to 1 in the user namespace of `process`.
    static func map(
        user: UInt32, group: UInt32, into process: Int32
    ) throws(SandboxError) {
        try SubordinateIds(
            users: Range(first: user, count: 1), groups: Range(first: group, count: 1)
        ).map(into: process)
    }

    /// Maps the caller to 0 and all that is lent to 1, 2, … in the user namespace of `process`.
    func map(into process: Int32) throws(SandboxError) {
        try Self.map("newuidmap", own: geteuid(), lent: users, process)
        try Self.map("newgidmap", own: getegid(), lent: groups, process)
    }

    private static func map(
        _ name: String, own: UInt32, lent: Range, _ process: Int32
    ) throws(SandboxError) {
        let words =
            [name, "\(process)", "0", "\(own)", "1", "1", "\(lent.first)", "\(lent.count)"]
        let (code, text): (Int32, String)
        do throws(KernelError) {
            guard let path = program(name) else {
                throw KernelError("start", name, errno: ENOENT)
            }
            let null = try Descriptor.open("/dev/null", O_RDWR)
            let messages = try Descriptor.memory(name)
            let mapper = try ChildProcess.spawn(
                path, arguments: words,
                streams: [null.number, null.number, messages.number])
            code = mapper.exitCode()
            text = try readControl(messages.number, "what \(name) says")
        } catch {
            throw SandboxError("cannot map the slot's user: \(error)")
        }
        guard code == 0 else {
            throw SandboxError(
                "cannot map the slot's user: \(words.joined(separator: " ")) ended with \(code): "
                    + "\(text); compare /etc/subuid and /etc/subgid, and reinstall package uidmap")
        }
    }

    private static func program(_ name: String) -> String? {
        ["/usr/bin", "/bin", "/usr/local/bin"].map { "\($0)/\(name)" }
            .first { access($0, X_OK) == 0 }
    }
}
