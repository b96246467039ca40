import CLinux
import Glibc

/// A name on this machine that one process holds at a time; the kernel gives it back when the
/// process ends, however it ends.
package struct HeldName: ~Copyable {
    private let socket: Descriptor

    /// Takes the name.
    /// - Returns: nil when somebody holds it.
    package init?(_ name: String) throws(KernelError) {
        let result = cl_hold_name(name, name.utf8.count)
        if result == -Int(EADDRINUSE) { return nil }
        socket = Descriptor(owning: Int32(try check(result, "hold the name", name)))
    }
}
