import CLinux
import Glibc

/// An open file descriptor with one owner, closed when the owner is done with it.
package struct Descriptor: ~Copyable {
    package let number: Int32

    /// Takes ownership of an open descriptor.
    package init(owning number: Int32) {
        self.number = number
    }

    deinit {
        _ = cl_close(number)
    }

    /// Gives the descriptor away without closing it.
    package consuming func release() -> Int32 {
        let number = self.number
        discard self
        return number
    }
}

extension Descriptor {
    /// Opens `path` close-on-exec, beneath `directory` unless it is absolute.
    package static func open(
        _ path: String, _ flags: Int32, mode: UInt32 = 0, at directory: Int32 = AT_FDCWD
    ) throws(KernelError) -> Descriptor {
        let result = retrying { cl_openat(directory, path, flags | O_CLOEXEC, mode) }
        return Descriptor(owning: Int32(try check(result, "open", path)))
    }

    /// Opens one component or path strictly beneath `directory`: no symbolic link, no `..`, no other
    /// mount.
    package static func open(
        _ path: String, _ flags: Int32, mode: UInt32 = 0, beneath directory: Int32
    ) throws(KernelError) -> Descriptor {
        // RESOLVE_NO_XDEV | NO_MAGICLINKS | NO_SYMLINKS | BENEATH
        let resolve: UInt64 = 0x01 | 0x02 | 0x04 | 0x08
        let result = retrying {
            cl_openat2(
                directory, path, UInt64(UInt32(flags | O_CLOEXEC)), UInt64(mode), resolve)
        }
        return Descriptor(owning: Int32(try check(result, "open", path)))
    }

    /// A new anonymous file in memory, readable and writable.
    package static func memory(_ name: String) throws(KernelError) -> Descriptor {
        Descriptor(owning: Int32(try check(cl_memfd_create(name), "memfd_create", name)))
    }

    /// Another descriptor for what `number`, which stays the caller's, refers to.
    package static func duplicate(_ number: Int32) throws(KernelError) -> Descriptor {
        Descriptor(owning: Int32(try check(cl_duplicate(number), "duplicate", "\(number)")))
    }

    /// Opens what `number` refers to once more, with flags that are not shared with anybody.
    package static func reopen(_ number: Int32, _ flags: Int32) throws(KernelError) -> Descriptor {
        try open("/proc/self/fd/\(number)", flags | O_NOCTTY)
    }

    /// Forbids every later change of a file in memory.
    package borrowing func seal() throws(KernelError) {
        try check(cl_seal(number), "seal", "a file in memory")
    }

    /// Both ends of a pipe, for the caller to own at once: two owned descriptors fit no tuple.
    package static func pipe() throws(KernelError) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        try check(cl_pipe(&ends), "pipe")
        return (ends[0], ends[1])
    }

    /// Two connected sockets that keep packets apart and can pass descriptors; the caller owns both.
    package static func socketPair() throws(KernelError) -> (near: Int32, far: Int32) {
        var ends: [Int32] = [-1, -1]
        try check(cl_socketpair(&ends), "socketpair")
        return (ends[0], ends[1])
    }
}

/// An owned descriptor that an array can hold.
package final class SharedDescriptor {
    private let descriptor: Descriptor
    package var number: Int32 { descriptor.number }

    package init(_ descriptor: consuming Descriptor) {
        self.descriptor = descriptor
    }
}

/// Repeats a call that a signal interrupted.
package func retrying(_ call: () -> Int) -> Int {
    while true {
        let result = call()
        if result != -Int(EINTR) { return result }
    }
}
