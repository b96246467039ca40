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

/// Sockets that listen; the caller owns the descriptors.
package enum Listener {
    /// At an abstract name, for stream sockets.
    package static func at(name: String) throws(KernelError) -> Int32 {
        Int32(try check(cl_listen_name(name, name.utf8.count), "listen at", name))
    }

    /// On a free port of the host's loopback.
    package static func onLoopback() throws(KernelError) -> (descriptor: Int32, port: UInt16) {
        var port: UInt16 = 0
        let descriptor = try check(cl_listen_loopback(&port), "listen on", "the host's loopback")
        return (Int32(descriptor), port)
    }
}

/// Nanoseconds on a clock that nobody sets.
package func monotonicNanoseconds() -> Int64 { cl_monotonic_nanoseconds() }
