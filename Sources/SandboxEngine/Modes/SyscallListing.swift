import CSeccomp

/// Mode `syscalls`: the rows that the filter is made of, one line for each call of a row.
///
/// Between tabs: the call, its number (empty where this processor or libseccomp has none, so that the
/// filter has none either), the class, `default` or `request`, the condition, the reason.
enum SyscallListing {
    static func tell() {
        for syscallClass in SyscallRules.classes {
            let wanted = syscallClass.extra == nil ? "default" : "request"
            for rule in syscallClass.rules {
                for name in rule.names {
                    let number = seccomp_syscall_resolve_name(name)
                    HelperMode.tell(
                        name,
                        [
                            number < 0 ? "" : String(number), syscallClass.name, wanted,
                            rule.condition, rule.reason,
                        ].joined(separator: "\t"))
                }
            }
        }
    }
}
