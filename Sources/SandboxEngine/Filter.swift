import CLinux
import CSeccomp
import Glibc
import Linux
import SandboxProtocol

/// The filter as the kernel takes it: built once, installed by every run. Calls that are allowed whatever
/// their arguments come first, by ranges (`FilterHead`); libseccomp makes the rest.
final class Filter {
    private let memory: PlanMemory
    /// For `seccomp(SECCOMP_SET_MODE_FILTER)`.
    let program: UnsafeMutablePointer<sock_fprog>

    private static let refuse = 0x0005_0000 | UInt32(ENOSYS)  // SCMP_ACT_ERRNO
    private static let succeed: UInt32 = 0x0005_0000
    static let allow: UInt32 = 0x7fff_0000  // SCMP_ACT_ALLOW
    /// SECCOMP_RET_USER_NOTIF: the call waits for init, which reads it and lets it go on, refuses it
    /// or, where it is of a foreign table, ends the run.
    private static let askInit: UInt32 = 0x7fc0_0000

    /// Compiles the allow-list.
    /// - Throws: naming the call whose rule was refused.
    init(_ rules: [SyscallRule]) throws(KernelError) {
        let numbers = Self.plainNumbers(rules)
        let head = FilterHead.code(allowing: numbers)
        let bytes =
            FilterCode(head ?? []).bytes
            + (try Self.compile(rules, without: head == nil ? [] : numbers))
        // All that the kernel takes.
        guard bytes.count <= Self.most else {
            throw KernelError("export", "the filter", errno: E2BIG)
        }
        memory = try PlanMemory(bytes.count + 64, MAP_PRIVATE)
        let code = UnsafeMutableRawPointer(try memory.place(bytes))
        program = try memory.place([
            sock_fprog(
                len: UInt16(bytes.count / MemoryLayout<sock_filter>.size),
                filter: code.assumingMemoryBound(to: sock_filter.self))
        ])
    }

    private static let most = 4096 * MemoryLayout<sock_filter>.size

    /// Calls that every row that names them allows, whatever their arguments.
    private static func plainNumbers(_ rules: [SyscallRule]) -> Set<UInt32> {
        func numbers(_ rules: [SyscallRule]) -> Set<UInt32> {
            // What this libseccomp or this processor does not have has a number below 0.
            Set(
                rules.flatMap(\.names).compactMap {
                    UInt32(exactly: seccomp_syscall_resolve_name($0))
                })
        }
        func isPlain(_ rule: SyscallRule) -> Bool {
            rule.answer == .allowed && rule.alternatives.isEmpty
        }
        return numbers(rules.filter(isPlain)).subtracting(numbers(rules.filter { !isPlain($0) }))
    }

    /// The rows in libseccomp's words, but for calls of these numbers.
    private static func compile(
        _ rules: [SyscallRule], without numbers: Set<UInt32>
    ) throws(KernelError) -> [UInt8] {
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
                guard let plain = UInt32(exactly: number), !numbers.contains(plain) else {
                    continue
                }
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
        // One byte more shows that there is more than the kernel takes.
        let bytes = try readAll(file.number, atMost: most + 1, "the filter")
        guard bytes.count <= most else { throw KernelError("export", "the filter", errno: E2BIG) }
        return FilterCode(bytes).withoutVoidComparisons.bytes
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
