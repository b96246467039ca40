import Glibc
import SandboxProtocol

/// The helper that makes the networks of one slot's crew.
final class LanHelper: Sendable {
    private let helper: HelperConnection
    /// A descriptor of the user namespace that the networks belong to.
    let userNamespace: Int32

    /// Starts it.
    init(path: String) throws(SandboxError) {
        helper = try HelperConnection(path: path)
        let lent = Standing.own == .ownIdentity ? SubordinateIds.find() : nil
        let descriptors = try helper.setUp(
            .setUpLan(LanSetup(mapsItself: lent == nil)), [],
            map: { process throws(SandboxError) in try lent?.map(into: process) })
        guard let descriptor = descriptors.first else {
            throw SandboxError("the sandbox helper answered its set-up with something else")
        }
        userNamespace = descriptor
    }

    deinit {
        close(userNamespace)
    }

    var isAlive: Bool { helper.isAlive }

    /// A new network in place of the last one.
    func connect(nodes: Int) throws(SandboxError) -> [LanSeat] {
        try helper.ask(.makeLan(nodes: nodes)).descriptors.map(LanSeat.init)
    }

    /// Takes the network away; what still lives in it has only itself.
    func disconnect() throws(SandboxError) {
        _ = try helper.ask(.dropLan)
    }

    func end() {
        helper.end()
    }
}

/// A node's place in a network.
final class LanSeat: Sendable {
    /// A descriptor of the node's network namespace.
    let namespace: Int32

    init(_ namespace: Int32) {
        self.namespace = namespace
    }

    deinit {
        close(namespace)
    }
}
