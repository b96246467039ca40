import Foundation
import Linux

/// Somebody who listens on every address of this machine, for runs that must not reach him.
final class HostListener {
    let port: Int
    /// IPv4 addresses of the machine.
    let addresses: [String]
    private let socket: Int32

    init() throws {
        addresses = Self.ownAddresses()
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.socket = socket
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listens = withUnsafeMutableBytes(of: &name) { bytes in
            let name = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
            return bind(socket, name, size) == 0 && listen(socket, 8) == 0
                && getsockname(socket, name, &size) == 0
        }
        port = Int(UInt16(bigEndian: name.sin_port))
        guard listens else { throw KernelError("listen", "on a free port", errno: errno) }
        _ = fcntl(socket, F_SETFL, O_NONBLOCK)
    }

    deinit { close(socket) }

    var acceptedNobody: Bool { accept(socket, nil, nil) < 0 && errno == EAGAIN }

    private static func ownAddresses() -> [String] {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return [] }
        defer { freeifaddrs(list) }
        var found: [String] = []
        var next = list
        while let one = next {
            next = one.pointee.ifa_next
            guard let name = one.pointee.ifa_addr, name.pointee.sa_family == AF_INET else {
                continue
            }
            var text = [CChar](repeating: 0, count: 64)
            getnameinfo(
                name, socklen_t(MemoryLayout<sockaddr_in>.size), &text, 64, nil, 0, NI_NUMERICHOST)
            found.append(
                String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self))
        }
        return found
    }
}

/// Namespaces as /proc shows them.
enum Namespaces {
    /// Network namespaces that a process of ours lives in or has a descriptor of: `net:[4026531840]`.
    static func held() -> Set<String> {
        var found: Set<String> = []
        for pid in ours() {
            for link in ["/proc/\(pid)/ns/net"] + descriptors(of: pid) {
                guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link),
                    target.hasPrefix("net:[")
                else { continue }
                found.insert(target)
            }
        }
        return found
    }

    /// The helper that makes networks: our child in a user namespace of its own without a child.
    static func lanHelper() throws -> Int32? {
        let parents = processes().map { pid in (pid, parent(of: pid)) }
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/user")
        return parents.first { pid, parent in
            parent == getpid() && !parents.contains { $0.1 == pid }
                && (try? FileManager.default.destinationOfSymbolicLink(
                    atPath: "/proc/\(pid)/ns/user")) != own
        }?.0
    }

    /// This process, all that descend from it, and helpers and nodes whom nobody waits for any more.
    private static func ours() -> [Int32] {
        let parents = Dictionary(
            processes().map { ($0, parent(of: $0) ?? 0) }, uniquingKeysWith: { first, _ in first })
        return parents.keys.filter { pid in
            var next = pid
            while next > 1, next != getpid() { next = parents[next] ?? 0 }
            let isOrphan =
                parents[pid] == 1
                && ["judge-sandbox", "node"].contains(
                    (try? readControl("/proc/\(pid)/comm")) ?? "")
            return next == getpid() || isOrphan
        }
    }

    private static func processes() -> [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [])
            .compactMap(Int32.init)
    }

    private static func descriptors(of pid: Int32) -> [String] {
        let directory = "/proc/\(pid)/fd"
        return ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [])
            .map { "\(directory)/\($0)" }
    }

    private static func parent(of pid: Int32) -> Int32? {
        (try? readControl("/proc/\(pid)/status"))?.split(separator: "\n")
            .first { $0.hasPrefix("PPid:") }.flatMap { Int32($0.split(separator: "\t")[1]) }
    }
}
