import Glibc
import Linux
package import SandboxProtocol

extension Standing {
    /// Whom the machine takes this process for.
    package static var own: Standing {
        if geteuid() == 0 { return .root }
        return SubordinateIds.find() == nil ? .oneIdentity : .ownIdentity
    }
}

/// Who the runs of one slot are on the host. No two live slots of the machine share an id, but for
/// those of an ordinary user to whom the machine lends none.
struct SlotIdentity: ~Copyable {
    let standing: Standing
    /// User and group as the helper's user namespace counts.
    let inside: UInt32
    /// On the host.
    let user: UInt32
    let group: UInt32
    /// Kept for as long as the slot lives.
    private let name: HeldName?

    /// Takes the first free id: as root from `firstIdentity` on, as an ordinary user of the range
    /// that the machine lends him.
    /// - Parameter inLan: whether the helper's user namespace is one that maps the whole range.
    init(_ configuration: SlotConfiguration, inLan: Bool) throws(KernelError) {
        let index = UInt32(configuration.index)
        if geteuid() == 0 {
            let first = configuration.firstIdentity
            var number = index
            name = try Self.hold(&number, first: first, count: .max - first)
            standing = .root
            (inside, user, group) = (first + number, first + number, first + number)
        } else if let lent = SubordinateIds.find() {
            let count = min(lent.users.count, lent.groups.count)
            var number = index % count
            name = try Self.hold(&number, first: lent.users.first, count: count)
            standing = .ownIdentity
            inside = inLan ? 1 + number : 1
            (user, group) = (lent.users.first + number, lent.groups.first + number)
        } else {
            name = nil
            standing = .oneIdentity
            (inside, user, group) = (0, geteuid(), getegid())
        }
    }

    /// Another process of ours may have slots too: goes on from `number` to the next that is free.
    private static func hold(
        _ number: inout UInt32, first: UInt32, count: UInt32
    ) throws(KernelError) -> HeldName {
        let begin = number
        for offset in 0..<min(count, 4096) {
            number = (begin + offset) % count
            if let name = try HeldName("judge/identity/\(first + number)") { return name }
        }
        throw KernelError(
            "find a free slot identity", "of \(min(count, 4096)) from \(first + begin)",
            errno: EBUSY)
    }
}
