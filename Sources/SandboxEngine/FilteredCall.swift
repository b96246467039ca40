import CSeccomp
import Glibc

// AUDIT_ARCH of the tables that a processor of ours can have beside its own.
private let i386: UInt32 = 0x4000_0003
private let arm: UInt32 = 0x4000_0028
private let amd64: UInt32 = 0xc000_003e
/// What libseccomp calls x32; the kernel calls it x86_64 and sets bit 30 of the number.
private let x32: UInt32 = 0x4000_003e

/// The call that the filter ended a run for: `getpid (i386)`, `number 5000 (x32)` where it has no
/// name; nil for none.
/// - Parameter architecture: AUDIT_ARCH of the table the call was made through, 0 for no call.
func filteredCall(_ number: Int32, architecture: UInt32) -> String? {
    guard architecture != 0 else { return nil }
    let table: String
    switch architecture {
    case i386: table = "i386"
    case arm: table = "arm"
    case amd64: table = "x32"
    default: table = "architecture 0x" + String(architecture, radix: 16)
    }
    let known = architecture == amd64 ? x32 : architecture
    guard let name = seccomp_syscall_resolve_num_arch(known, number) else {
        return "number \(UInt32(bitPattern: number)) (\(table))"
    }
    defer { free(name) }
    return "\(String(cString: name)) (\(table))"
}
