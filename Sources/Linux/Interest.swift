import CLinux
import Glibc

/// A descriptor, what it is waited for, and what came of it: `POLLIN`, `POLLOUT`, `POLLERR`.
package struct Interest {
    package var number: Int32
    package var events: Int32
    package private(set) var found: Int32 = 0

    package init(_ number: Int32, _ events: Int32) {
        self.number = number
        self.events = events
    }

    /// Waits until one of several is ready; below 0 for ever.
    /// - Returns: how many are.
    @discardableResult
    package static func wait(
        _ interests: inout [Interest], nanoseconds: Int64
    ) throws(KernelError) -> Int {
        var set = interests.map {
            pollfd(fd: $0.number, events: Int16($0.events), revents: 0)
        }
        let count = try check(retrying { cl_poll(&set, UInt(set.count), nanoseconds) }, "poll")
        for index in set.indices { interests[index].found = Int32(set[index].revents) }
        return count
    }
}

/// For a descriptor that its owner never waits at.
package func makeNonBlocking(_ number: Int32) throws(KernelError) {
    try check(
        cl_fcntl(number, F_SETFL, Int(O_NONBLOCK)), "make non-blocking", "descriptor \(number)")
}

/// Keeps a signal from the calling thread.
package func blockSignal(_ number: Int32) throws(KernelError) {
    try check(cl_block_signal(number), "block", "signal \(number)")
}
