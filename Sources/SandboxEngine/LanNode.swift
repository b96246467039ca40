import CLinux
import Glibc
import Linux

/// Descriptors that somebody gave away: closed once, by `close` or with their owner.
final class OwnedDescriptors {
    private(set) var numbers: [Int32]

    init(_ numbers: [Int32]) {
        self.numbers = numbers
    }

    deinit {
        close()
    }

    /// Gives the first one away.
    func take() throws(KernelError) -> Descriptor {
        guard !numbers.isEmpty else { throw KernelError("use", "an output", errno: EBADF) }
        return Descriptor(owning: numbers.removeFirst())
    }

    func close() {
        for number in numbers { _ = cl_close(number) }
        numbers = []
    }
}

/// A stay of the helper in the network namespace of a LAN's node, into which it bears a run.
struct NetworkVisit {
    private static let newNetwork: Int32 = 0x4000_0000
    private let home: Int32

    /// Goes there.
    init(_ network: Int32) throws(KernelError) {
        let home = try Descriptor.open("/proc/self/ns/net", O_RDONLY)
        try check(
            cl_setns(network, Self.newNetwork), "go into", "the network namespace of the LAN's node"
        )
        self.home = home.release()
    }

    /// Comes back. A helper that cannot ends, and takes its run along: it would keep the network of a
    /// run that is over.
    func end() {
        if cl_setns(home, Self.newNetwork) < 0 { cl_exit(70) }
        _ = cl_close(home)
    }
}
