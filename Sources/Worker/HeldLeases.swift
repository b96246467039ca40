import JudgeCore
import Store
import Synchronization

/// The leases that the slots of a worker hold, and who is told when one is lost.
///
/// The worker looks at all of them together whenever the store has changed, so that a submission that
/// is cancelled frees its slot at once and not at the next renewal.
final class HeldLeases: Sendable {
    private struct Holder {
        var lease: Lease
        var tell: AsyncStream<Void>.Continuation
    }

    private let store: any JobStore
    /// By token.
    private let holders = Mutex<[String: Holder]>([:])

    init(store: any JobStore) {
        self.store = store
    }

    /// Waits until the lease is lost: true; or until the task is cancelled: false.
    func isLost(_ lease: Lease) async -> Bool {
        let (losses, tell) = AsyncStream.makeStream(of: Void.self)
        holders.withLock { $0[lease.token] = Holder(lease: lease, tell: tell) }
        defer { holders.withLock { _ = $0.removeValue(forKey: lease.token) } }
        // It may have been lost between the claim and now; nobody tells that again.
        if await lost(among: [lease]).contains(lease) { return true }
        for await _ in losses { return true }
        return false
    }

    /// Looks which leases are lost, and tells those who wait for that.
    func look() async {
        let held = holders.withLock { $0.values.map(\.lease) }
        for lease in await lost(among: held) {
            holders.withLock { $0[lease.token] }?.tell.yield()
        }
    }

    /// None when the store cannot say: then the next renewal tells.
    private func lost(among leases: [Lease]) async -> [Lease] {
        guard !leases.isEmpty else { return [] }
        return (try? await store.lostLeases(among: leases)) ?? []
    }
}
