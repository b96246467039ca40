import CLinux
import Glibc

/// Packets with descriptors over a `SOCK_SEQPACKET` socket. One packet is at most `maximum` bytes.
package enum Packets {
    /// Below the default send buffer of every supported kernel.
    package static let maximum = 128 << 10
    package static let maximumDescriptors = 48

    /// Sends one packet; `descriptors` are duplicated into the receiver.
    package static func send(
        _ bytes: [UInt8], _ descriptors: [Int32] = [], to socket: Int32
    ) throws(KernelError) {
        let result = retrying {
            cl_send_packet(socket, bytes, bytes.count, descriptors, descriptors.count)
        }
        try check(result, "send", "a packet of \(bytes.count) bytes")
    }

    /// Receives one packet. The caller owns the descriptors.
    /// - Returns: nil at the end of the stream: the other side is gone.
    package static func receive(
        from socket: Int32
    ) throws(KernelError) -> (bytes: [UInt8], descriptors: [Int32])? {
        var descriptors = [Int32](repeating: -1, count: maximumDescriptors)
        var count = 0
        var result = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: maximum) { buffer, used in
            result = retrying {
                cl_receive_packet(socket, buffer.baseAddress, maximum, &descriptors, &count)
            }
            used = max(0, result)
        }
        if result == -Int(ECONNRESET) { return nil }
        guard try check(result, "receive", "a packet") > 0 else { return nil }
        return (bytes, Array(descriptors.prefix(count)))
    }
}
