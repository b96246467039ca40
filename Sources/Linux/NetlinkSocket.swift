import CLinux
import Glibc

/// A socket to rtnetlink of the network namespace in which it was opened, wherever its owner goes.
package struct NetlinkSocket: ~Copyable {
    private let descriptor: Descriptor
    /// Larger than any answer about one link.
    private static let largest = 32 << 10

    package init() throws(KernelError) {
        let family: Int32 = 16  // AF_NETLINK
        let type = Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue)
        let number = socket(family, type, 0)
        try check(number < 0 ? -Int(errno) : 0, "open", "a socket to rtnetlink")
        descriptor = Descriptor(owning: number)
    }

    /// Has the kernel do what `message` says.
    /// - Throws: naming `step` on `subject`.
    package borrowing func perform(
        _ message: NetlinkMessage, _ step: String, _ subject: String
    ) throws(KernelError) {
        _ = try answer(to: message, step, subject)
    }

    /// Asks for one thing.
    /// - Parameter body: size of the answer's body, before its attributes.
    package borrowing func ask(
        _ message: NetlinkMessage, body: Int, _ subject: String
    ) throws(KernelError) -> (body: [UInt8], attributes: NetlinkAttributes) {
        let answer = try answer(to: message, "ask for", subject)
        guard answer.count >= body else {
            throw KernelError("ask for", subject, errno: EBADMSG)
        }
        let aligned = (body + 3) / 4 * 4
        return (Array(answer.prefix(body)), NetlinkAttributes(answer.dropFirst(aligned)))
    }

    /// - Returns: the answer without its header; of an outcome, nothing.
    private borrowing func answer(
        to message: NetlinkMessage, _ step: String, _ subject: String
    ) throws(KernelError) -> ArraySlice<UInt8> {
        let bytes = message.bytes
        let number = descriptor.number
        let sent = retrying {
            let count = send(number, bytes, bytes.count, 0)
            return count < 0 ? -Int(errno) : count
        }
        try check(sent, step, subject)
        var buffer = [UInt8](repeating: 0, count: Self.largest)
        let received = retrying {
            let count = recv(number, &buffer, Self.largest, 0)
            return count < 0 ? -Int(errno) : count
        }
        try check(received, step, subject)
        guard received >= 16 else { throw KernelError(step, subject, errno: EBADMSG) }
        let answer = buffer[16..<received]
        // NLMSG_ERROR: an outcome, 0 or -errno.
        guard Linux.number(buffer[4..<6]) == 2 else { return answer }
        guard answer.count >= 4 else { throw KernelError(step, subject, errno: EBADMSG) }
        let result = Int32(truncatingIfNeeded: Linux.number(answer.prefix(4)))
        try check(Int(result), step, subject)
        return []
    }
}
