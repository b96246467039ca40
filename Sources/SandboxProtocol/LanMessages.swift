/// What the helper that makes a LAN must know.
package struct LanSetup: Sendable, Equatable {
    /// Whether it maps its own user alone; else the worker maps a range beside that, through newuidmap.
    package var mapsItself: Bool

    package init(mapsItself: Bool) {
        self.mapsItself = mapsItself
    }
}

/// A private network of several runs: what its nodes are called.
package enum LanPlan {
    /// No network has more nodes.
    package static let mostNodes = 16

    /// IPv4 address of a node, counted from 0: 10.0.0.1, 10.0.0.2, …; all in one network of 24 bits.
    package static func address(of node: Int) -> [UInt8] {
        [10, 0, 0, UInt8(clamping: node + 1)]
    }
}

extension LanSetup {
    func encode(to wire: inout WireWriter) {
        wire.write(protocolVersion)
        wire.write(mapsItself)
    }

    init(from wire: inout WireReader) throws(WireError) {
        try wire.readVersion()
        mapsItself = try wire.read(Bool.self)
    }
}

extension WireReader {
    mutating func readVersion() throws(WireError) {
        let version = try read(UInt32.self)
        guard version == protocolVersion else {
            throw WireError("the worker speaks version \(version), this helper \(protocolVersion)")
        }
    }

    mutating func readNodes() throws(WireError) -> Int {
        let nodes = Int(try read(UInt8.self))
        guard (2...LanPlan.mostNodes).contains(nodes) else {
            throw WireError("a network of \(nodes) nodes")
        }
        return nodes
    }
}
