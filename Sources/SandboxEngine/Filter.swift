import CLinux
import CSeccomp
import Glibc
import Linux

/// The filter as the kernel takes it: built once with libseccomp, installed by every run.
final class Filter {
    private let code: UnsafeMutableRawBufferPointer
    /// For `seccomp(SECCOMP_SET_MODE_FILTER)`.
    let program: UnsafeMutablePointer<sock_fprog>

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
        let refuse = 0x0005_0000 | UInt32(ENOSYS)  // SCMP_ACT_ERRNO
        let allow: UInt32 = 0x7fff_0000  // SCMP_ACT_ALLOW
        let killProcess: UInt32 = 0x8000_0000
        guard let context = seccomp_init(refuse) else {
            throw KernelError("seccomp_init", "", errno: ENOMEM)
        }
        defer { seccomp_release(context) }
        try check(
            Int(seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, killProcess)), "filter",
            "foreign system call tables")
        // A binary tree: the filter is as fast for the last row as for the first.
        try check(
            Int(seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2)), "filter", "as a tree")
        for rule in rules {
            for name in rule.names {
                let number = seccomp_syscall_resolve_name(name)
                // A call that this libseccomp or this processor does not have stays refused.
                guard number >= 0 else { continue }
                if rule.arguments.isEmpty {
                    try check(
                        Int(seccomp_rule_add_array(context, allow, number, 0, nil)), "filter", name)
                }
                for argument in rule.arguments {
                    var comparison = scmp_arg_cmp(
                        arg: argument.index, op: SCMP_CMP_MASKED_EQ, datum_a: argument.mask,
                        datum_b: argument.value)
                    try check(
                        Int(seccomp_rule_add_array(context, allow, number, 1, &comparison)),
                        "filter", name)
                }
            }
        }
        let file = try Descriptor.memory("filter")
        try check(Int(seccomp_export_bpf(context, file.number)), "export", "the filter")
        return try readAll(file.number, atMost: 1 << 20, "the filter")
    }
}
