// Theory of operation. A LAN is one network namespace with a bridge, the switch, and one more for each
// node. A veth pair joins each node to it: `eth0` in the node, a port of the bridge in the switch. The
// bridge has no address, IPv6 makes itself none, and no interface leads anywhere else, so that there is
// nothing for a route to lead to.
//
// Nodes do not ask for each other's hardware addresses, which are chosen and told them here: the kernel's
// table of neighbours is one for the whole machine, and a program that has the kernel ask for machines
// that do not exist would fill it. Whom nobody asks for can be forgotten at once.
//
// Nobody but this process ever is in the switch; it goes with its last descriptor and takes its ends of
// the pairs along, and with them the nodes'.

import CLinux
import Glibc
import Linux
import SandboxProtocol

/// The numbers of rtnetlink(7) that are used here.
private enum Number {
    static let newLink: UInt16 = 16
    static let getLink: UInt16 = 18
    static let setLink: UInt16 = 19
    static let newAddress: UInt16 = 20
    static let newNeighbour: UInt16 = 28
    // IFLA_*
    static let hardwareAddress: UInt16 = 1
    static let name: UInt16 = 3
    static let bridge: UInt16 = 10
    static let state: UInt16 = 16
    static let information: UInt16 = 18
    static let families: UInt16 = 26
    static let namespace: UInt16 = 28
    // IFLA_INFO_*
    static let kind: UInt16 = 1
    static let data: UInt16 = 2
    static let portData: UInt16 = 5
}

/// The switch of one private network.
final class Lan {
    private static let newNetwork: Int32 = 0x4000_0000
    // Indices of interfaces, of our own choice: a kernel may put tunnels of its own into a namespace.
    private static let bridgeIndex: Int32 = 1_000
    private static let firstPort: Int32 = 1_001
    private static let nodeIndex: Int32 = 1_000
    private static let loopbackIndex: Int32 = 1
    private static let prefixLength: UInt8 = 24
    private static let up: UInt32 = 0x1  // IFF_UP
    private static let withoutQuestions: UInt32 = 0x80  // IFF_NOARP
    /// Nanoseconds in which a cable must carry.
    private static let patience: Int64 = 5_000_000_000

    private let namespace: Descriptor
    private let links: NetlinkSocket

    /// Makes a switch without ports and goes into it.
    init() throws(KernelError) {
        namespace = try Self.newNetworkNamespace("the LAN's switch")
        links = try NetlinkSocket()
        var bridge = Self.link(Number.newLink, index: Self.bridgeIndex, creates: true)
        bridge.attribute(Number.name, "switch")
        bridge.attribute(Number.information) { $0.attribute(Number.kind, "bridge") }
        try Self.make(bridge, "bridge", links)
        try Self.raise(Self.bridgeIndex, "the LAN's bridge", links)
    }

    /// Joins one more node of `count`, counted from 0; the caller's process is in the switch before and
    /// after.
    /// - Returns: the node's network namespace; `eth0` and loopback are up in it.
    func addNode(_ node: Int, of count: Int) throws(KernelError) -> Node {
        let subject = "node \(node) of the LAN"
        let place = try Self.newNetworkNamespace(subject)
        for setting in [ConnectionSetting.received, .remembered] {
            try writeControl(setting.text, to: setting.file)
        }
        let inside = try NetlinkSocket()
        try check(
            cl_setns(namespace.number, Self.newNetwork), "go back into",
            "the LAN's network namespace")
        let port = Self.firstPort + Int32(node)
        var pair = Self.link(Number.newLink, index: port, creates: true)
        pair.attribute(Number.name, "port\(node)")
        pair.attribute(Number.bridge, Self.bridgeIndex)
        pair.attribute(Number.information) { information in
            information.attribute(Number.kind, "veth")
            information.attribute(Number.data) { data in
                data.attribute(1) { peer in
                    Self.appendLink(to: &peer, index: Self.nodeIndex)
                    peer.attribute(Number.name, "eth0")
                    peer.attribute(Number.hardwareAddress, bytes: Self.hardwareAddress(of: node))
                    peer.attribute(Number.namespace, place.number)
                }
            }
        }
        try Self.make(pair, "veth", links)
        try Self.address(LanPlan.address(of: node), subject, inside)
        try Self.raise(Self.loopbackIndex, "the loopback interface of \(subject)", inside)
        // The node's end first: the pair carries from when the second end is up.
        try Self.raise(Self.nodeIndex, "eth0 of \(subject)", inside)
        // The kernel forgets them when an interface begins or ceases to ask.
        for other in 0..<count where other != node {
            try Self.introduce(other, subject, inside)
        }
        try Self.raise(port, "the port of \(subject)", links)
        return Node(place, inside, port: port)
    }

    final class Node {
        let namespace: Descriptor
        fileprivate let links: NetlinkSocket
        fileprivate let port: Int32

        fileprivate init(
            _ namespace: consuming Descriptor, _ links: consuming NetlinkSocket, port: Int32
        ) {
            self.namespace = namespace
            self.links = links
            self.port = port
        }
    }

    /// Returns when what is sent at either end of the node's cable arrives at the other. Until then the
    /// kernel drops it, and the sender would try again after a second.
    func waitUntilUp(_ node: Node) throws(KernelError) {
        let deadline = cl_monotonic_nanoseconds() + Self.patience
        while try !isUp(node) {
            guard cl_monotonic_nanoseconds() < deadline else {
                throw KernelError("wait for", "the LAN's links to come up", errno: ETIMEDOUT)
            }
            let pause: Int64 = 200_000
            _ = cl_poll(nil, 0, pause)
        }
    }

    private func isUp(_ node: Node) throws(KernelError) -> Bool {
        let up: UInt64 = 6  // IF_OPER_UP
        let forwarding: UInt64 = 3  // BR_STATE_FORWARDING
        let near = try Self.facts(of: Self.nodeIndex, node.links)
        let far = try Self.facts(of: node.port, links)
        let port = far.nested(Number.information)?.nested(Number.portData)
        return near[Number.state] == up && far[Number.state] == up && port?[1] == forwarding
    }

    // MARK: - Messages

    private static func newNetworkNamespace(
        _ subject: String
    ) throws(KernelError) -> Descriptor {
        try check(cl_unshare(newNetwork), "make a network namespace for", subject)
        return try Descriptor.open("/proc/self/ns/net", O_RDONLY)
    }

    private static func link(
        _ type: UInt16, index: Int32, flags: UInt32 = 0, creates: Bool = false, asks: Bool = false
    ) -> NetlinkMessage {
        var message = NetlinkMessage(type, creates: creates, asks: asks)
        appendLink(to: &message, index: index, flags: flags)
        return message
    }

    /// A `struct ifinfomsg` that sets `flags`.
    private static func appendLink(
        to message: inout NetlinkMessage, index: Int32, flags: UInt32 = 0
    ) {
        message.append(UInt32(0))
        message.append(index)
        message.append(flags)
        message.append(flags)
    }

    private static func make(
        _ message: NetlinkMessage, _ kind: String, _ links: borrowing NetlinkSocket
    ) throws(KernelError) {
        do throws(KernelError) {
            try links.perform(message, "make", "a link of kind \(kind) for the LAN")
        } catch  where error.errno == EOPNOTSUPP {
            throw KernelError(
                error.call, error.subject, errno: error.errno,
                mend: "this kernel has none now; run: sudo modprobe \(kind)")
        }
    }

    /// Sets an interface up, without an address that IPv6 would make of its number.
    private static func raise(
        _ index: Int32, _ subject: String, _ links: borrowing NetlinkSocket
    ) throws(KernelError) {
        if index != loopbackIndex {
            var quiet = link(Number.setLink, index: index)
            quiet.attribute(Number.families) { families in
                families.attribute(UInt16(AF_INET6)) { family in
                    // IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE
                    family.attribute(8, UInt8(1))
                }
            }
            do throws(KernelError) {
                try links.perform(quiet, "keep IPv6 from", subject)
            } catch  where error.errno == EAFNOSUPPORT {
                // There is no IPv6 on this machine, or none of this interface.
            }
        }
        let flags = index == loopbackIndex ? up : up | withoutQuestions
        try links.perform(
            link(Number.setLink, index: index, flags: flags), "set up", subject)
    }

    private static func address(
        _ address: [UInt8], _ subject: String, _ links: borrowing NetlinkSocket
    ) throws(KernelError) {
        var message = NetlinkMessage(Number.newAddress, creates: true)
        // struct ifaddrmsg: family, prefix, flags, scope, index.
        for byte in [UInt8(AF_INET), prefixLength, 0, 0] { message.append(byte) }
        message.append(nodeIndex)
        // IFA_ADDRESS, IFA_LOCAL
        for type: UInt16 in [1, 2] { message.attribute(type, bytes: address) }
        try links.perform(message, "give an address to", subject)
    }

    /// Tells a node for good behind which hardware address another one is.
    private static func introduce(
        _ other: Int, _ subject: String, _ links: borrowing NetlinkSocket
    ) throws(KernelError) {
        var message = NetlinkMessage(Number.newNeighbour, creates: true)
        // struct ndmsg: family, index, NUD_PERMANENT, flags and type.
        message.append(UInt32(AF_INET))
        message.append(nodeIndex)
        message.append(UInt32(0x80))
        // NDA_DST, NDA_LLADDR
        message.attribute(1, bytes: LanPlan.address(of: other))
        message.attribute(2, bytes: hardwareAddress(of: other))
        try links.perform(message, "tell of node \(other)", subject)
    }

    /// One that says of itself that it was given out by hand.
    private static func hardwareAddress(of node: Int) -> [UInt8] {
        [0x02, 0] + LanPlan.address(of: node)
    }

    private static func facts(
        of index: Int32, _ links: borrowing NetlinkSocket
    ) throws(KernelError) -> NetlinkAttributes {
        let question = link(Number.getLink, index: index, asks: true)
        return try links.ask(question, body: 16, "the state of the LAN's links").attributes
    }
}
