import CLinux
import Glibc

/// Whether waiting at another process's socket may end by what no process does: a time limit that its
/// calls have (`SO_RCVTIMEO`, `SO_SNDTIMEO`), or something that the kernel has yet to send. It keeps a
/// small piece back until the one before is acknowledged (Nagle), sends again what was lost, and
/// asks whether the other end is still there (`SO_KEEPALIVE`).
///
/// The kernel tells these only to who holds the socket, so that it is held while it is asked.
///
/// - Throws: when there is no such process or descriptor, and when it may not be asked.
package func waitingMayEnd(atSocket number: Int32, of process: Int32) throws(KernelError) -> Bool {
    let subject = "socket \(number) of process \(process)"
    let owner = Descriptor(
        owning: Int32(try check(cl_pidfd_open(process), "pidfd_open", subject)))
    let socket = Descriptor(
        owning: Int32(try check(cl_pidfd_getfd(owner.number, number), "pidfd_getfd", subject)))
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
        let limit = try ask(socket, SOL_SOCKET, option, as: timeval(), subject)
        if limit.tv_sec != 0 || limit.tv_usec != 0 { return true }
    }
    // Sockets of one machine deliver at once, and count as unsent what the reader leaves unread.
    let family = try ask(socket, SOL_SOCKET, SO_DOMAIN, as: Int32(0), subject)
    guard family == AF_INET || family == AF_INET6 else { return false }
    if try ask(socket, SOL_SOCKET, SO_KEEPALIVE, as: Int32(0), subject) != 0 { return true }
    let type = try ask(socket, SOL_SOCKET, SO_TYPE, as: Int32(0), subject)
    if type == Int32(SOCK_STREAM.rawValue) {
        // The first byte of `struct tcp_info`, linux/tcp.h.
        let (opening, answering, listening): (UInt8, UInt8, UInt8) = (2, 3, 10)
        let tcpInfo: Int32 = 11
        let state = try ask(socket, Int32(IPPROTO_TCP), tcpInfo, as: UInt8(0), subject)
        if state == listening { return false }
        if state == opening || state == answering { return true }
    }
    var unsent: Int32 = 0
    try check(cl_unsent(socket.number, &unsent), "ioctl", subject)
    return unsent > 0
}

/// The value of an option, or as much of it as fits.
private func ask<Value: BitwiseCopyable>(
    _ socket: borrowing Descriptor, _ level: Int32, _ option: Int32, as value: Value,
    _ subject: @autoclosure () -> String
) throws(KernelError) -> Value {
    var value = value
    var size = socklen_t(MemoryLayout<Value>.size)
    let result = getsockopt(socket.number, level, option, &value, &size)
    try check(result < 0 ? -Int(errno) : 0, "getsockopt", subject())
    return value
}
