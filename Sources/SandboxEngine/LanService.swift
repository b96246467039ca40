// Theory of operation. The helper that makes LANs runs no program. It lives in a user namespace of its
// own, also as root's, and all its networks belong to that: it needs no right over the host's. Who may
// start runs in the networks are root's helpers, whose rights reach into every namespace beneath, and
// those helpers of an ordinary user that live in this same user namespace.

import CLinux
import Glibc
import Linux
import SandboxProtocol

/// Makes one private network at a time for the worker at the other end of the socket.
final class LanService {
    private static let newNetwork: Int32 = 0x4000_0000

    private let socket: Int32
    /// An empty network namespace, where this process is while there is no LAN.
    private let home: Descriptor
    private var lan: Lan?

    /// Goes into namespaces of its own and tells the worker which.
    init(
        _ setup: LanSetup, socket: Int32, map: () throws(KernelError) -> Void
    ) throws(KernelError) {
        self.socket = socket
        try HelperNamespaces.makeUser(mapsItself: setup.mapsItself, map: map)
        try check(
            cl_unshare(Self.newNetwork), "make a network namespace for", "the LAN's helper")
        home = try Descriptor.open("/proc/self/ns/net", O_RDONLY)
        let user = try Descriptor.open("/proc/self/ns/user", O_RDONLY)
        try reply(.namespaces, [user.number])
    }

    /// Serves until the worker is gone.
    /// - Returns: the helper's exit code.
    func serve() -> Int32 {
        OwnMemory.release()
        do throws(KernelError) {
            while let packet = try Packets.receive(from: socket) {
                for descriptor in packet.descriptors { _ = cl_close(descriptor) }
                try handle(packet.bytes)
            }
            return 0
        } catch {
            return 70
        }
    }

    private func handle(_ bytes: [UInt8]) throws(KernelError) {
        let request: HelperRequest
        do throws(WireError) {
            request = try HelperRequest(decoding: bytes)
        } catch {
            return try reply(.failed("\(error)"))
        }
        do throws(KernelError) {
            switch request {
            case .makeLan(let nodes):
                try make(nodes: nodes)
            case .dropLan:
                try drop()
                try reply(.done)
            case .setUp, .setUpLan, .mapped, .resetBox, .resetFolder, .put, .run, .take,
                .drop, .measureFolder, .cancel:
                try reply(.failed("a helper that makes LANs was asked for something else"))
            }
        } catch {
            try reply(.failed(error.withMend))
        }
    }

    private func make(nodes count: Int) throws(KernelError) {
        try drop()
        do throws(KernelError) {
            let lan = try Lan()
            var nodes: [Lan.Node] = []
            for number in 0..<count { nodes.append(try lan.addNode(number, of: count)) }
            for node in nodes { try lan.waitUntilUp(node) }
            self.lan = lan
            // From here the nodes live as long as somebody else has them.
            try reply(.namespaces, nodes.map { $0.namespace.number })
        } catch {
            try drop()
            throw error
        }
    }

    private func drop() throws(KernelError) {
        try check(
            cl_setns(home.number, Self.newNetwork), "go back into",
            "the network namespace of the LAN's helper")
        lan = nil
    }

    private func reply(_ reply: HelperReply, _ descriptors: [Int32] = []) throws(KernelError) {
        try Packets.send(reply.encoded(), descriptors, to: socket)
    }
}
