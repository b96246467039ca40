import CLinux
import CSeccomp
import Glibc
import Linux
import SandboxProtocol

/// The filter as the kernel takes it: built once with libseccomp, installed by every run.
final class Filter {
    private let code: UnsafeMutableRawBufferPointer
    /// For `seccomp(SECCOMP_SET_MODE_FILTER)`.
    let program: UnsafeMutablePointer<sock_fprog>

    private static let refuse = 0x0005_0000 | UInt32(ENOSYS)  // SCMP_ACT_ERRNO
    private static let succeed: UInt32 = 0x0005_0000
    private static let allow: UInt32 = 0x7fff_0000  // SCMP_ACT_ALLOW
    /// SECCOMP_RET_USER_NOTIF: the call waits for init, which reads it and lets it go on, refuses it
    /// or, where it is of a foreign table, ends the run.
    private static let askInit: UInt32 = 0x7fc0_0000

    /// Compiles the allow-list.
    /// - Throws: naming the call whose rule was refused.
    init(_ rules: [SyscallRule]) throws(KernelError) {
        let bytes = try Self.compile(rules)
        let code = UnsafeMutableRawBufferPointer.allocate(
            byteCount: bytes.count, alignment: MemoryLayout<sock_filter>.alignment)
        code.copyBytes(from: bytes)
        self.code = code
        program = .allocate(capacity: 1)
        program.initialize(
            to: sock_fprog(
                len: UInt16(bytes.count / MemoryLayout<sock_filter>.size),
                filter: code.baseAddress?.assumingMemoryBound(to: sock_filter.self)))
    }

    deinit {
        program.deallocate()
        code.deallocate()
    }

    private static func compile(_ rules: [SyscallRule]) throws(KernelError) -> [UInt8] {
        guard let context = seccomp_init(refuse) else {
            throw KernelError("seccomp_init", "", errno: ENOMEM)
        }
        defer { seccomp_release(context) }
        try check(
            Int(seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, askInit)), "filter",
            "foreign system call tables")
        // A binary tree: the filter is as fast for the last row as for the first.
        try check(
            Int(seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2)), "filter", "as a tree")
        for rule in rules {
            let action =
                switch rule.answer {
                case .allowed: allow
                case .success: succeed
                case .rationed: askInit
                }
            for name in rule.names {
                let number = seccomp_syscall_resolve_name(name)
                // A call that this libseccomp or this processor does not have stays refused.
                guard number >= 0 else { continue }
                for comparisons in comparisons(rule) {
                    try check(
                        Int(
                            seccomp_rule_add_array(
                                context, action, number, UInt32(comparisons.count), comparisons)),
                        "filter", name)
                }
            }
        }
        let file = try Descriptor.memory("filter")
        try check(Int(seccomp_export_bpf(context, file.number)), "export", "the filter")
        // 4096 instructions are all that the kernel takes; one byte more shows that there is more.
        let limit = 4096 * MemoryLayout<sock_filter>.size
        let bytes = try readAll(file.number, atMost: limit + 1, "the filter")
        guard bytes.count <= limit else { throw KernelError("export", "the filter", errno: E2BIG) }
        return bytes
    }

    /// What a row compares, as libseccomp takes it: lists of which one must hold in all.
    private static func comparisons(_ rule: SyscallRule) -> [[scmp_arg_cmp]] {
        guard !rule.alternatives.isEmpty else { return [[]] }
        return rule.alternatives.flatMap { conditions in
            conditions.reduce([[]]) { lists, condition in
                lists.flatMap { list in
                    condition.values.map { value in
                        list + [
                            scmp_arg_cmp(
                                arg: condition.index, op: SCMP_CMP_MASKED_EQ,
                                datum_a: condition.mask, datum_b: value)
                        ]
                    }
                }
            }
        }
    }
}

/// One filter for each set of extra classes that was asked for, made on first use.
final class Filters {
    private var made: [Set<ExtraSyscalls>: Filter] = [:]
    private let hasLocks: Bool

    /// - Parameter hasLocks: whether runs may lock files. Where they see nodes of the host's devices, a
    ///   lock on one would be felt by every other run.
    init(hasLocks: Bool) { self.hasLocks = hasLocks }

    /// - Throws: naming the call whose rule was refused.
    func filter(with extra: Set<ExtraSyscalls>) throws(KernelError) -> Filter {
        if let filter = made[extra] { return filter }
        let classes = SyscallRules.classes.filter { group in
            let isOfLocks = group.name == SyscallRules.locks.name || group.extra == .rangeLocks
            if isOfLocks && !hasLocks { return false }
            return group.extra.map(extra.contains) ?? true
        }
        let filter = try Filter(classes.flatMap(\.rules))
        made[extra] = filter
        return filter
    }
}
