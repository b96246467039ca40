import Foundation
import Glibc

/// Whoever started this process and wants to hear how it is, by the protocol of sd_notify(3): datagrams to a
/// local socket.
struct ServiceManager: Sendable {
    /// Of the socket; a first `@` stands for NUL, which names no file.
    private let address: String
    /// How often it wants a sign of life at least; nil: not at all.
    let watchdog: Duration?

    /// - Returns: nil where nobody asked, as on the command line.
    init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
        guard let address = environment["NOTIFY_SOCKET"], address.utf8.count > 1,
            address.hasPrefix("/") || address.hasPrefix("@")
        else { return nil }
        self.address = address
        let isMeant = environment["WATCHDOG_PID"].map { $0 == String(getpid()) } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap(Int64.init)
        watchdog = microseconds.flatMap { isMeant && $0 > 0 ? .microseconds($0) : nil }
    }

    /// One or more lines `NAME=VALUE`. Whoever does not listen any more is not waited for.
    ///
    /// - Returns: whether it was sent.
    @discardableResult
    func tell(_ text: String) -> Bool {
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(address.utf8)
        if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
        // A path ends with NUL, an abstract name with its length.
        guard bytes.count < MemoryLayout.size(ofValue: name.sun_path) else { return false }
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let fd = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard fd >= 0 else { return false }
        defer { close(fd) }
        let sent = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { socketAddress in
                Array(text.utf8).withUnsafeBytes { content in
                    sendto(
                        fd, content.baseAddress, content.count, Int32(MSG_DONTWAIT),
                        socketAddress, length)
                }
            }
        }
        return sent == text.utf8.count
    }

    /// Does `work`, and gives a sign of life twice as often as it is wanted for as long as `isAlive` says so;
    /// else whoever watches ends this process.
    static func watched(
        _ manager: ServiceManager?, isAlive: @escaping @Sendable () async -> Bool,
        _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        guard let manager, let watchdog = manager.watchdog else { return try await work() }
        // Ended with this scope, however the work ends.
        async let _: Void = manager.giveSigns(every: watchdog / 2, isAlive)
        try await work()
    }

    private func giveSigns(every pause: Duration, _ isAlive: @Sendable () async -> Bool) async {
        while !Task.isCancelled {
            if await isAlive() { tell("WATCHDOG=1") }
            try? await Task.sleep(for: pause)
        }
    }
}
