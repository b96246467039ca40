import Synchronization

/// Which slots of a worker are free or lent, and how often the last attempts of each failed.
///
/// A slot for which there is no work is lent to a judging that goes on in another one. When work comes
/// and none is free, all that are lent are asked back, and none is lent until there is no more work.
final class FreeSlots: Sendable {
    private struct State {
        var free: Set<Int>
        var lent: Set<Int> = []
        var askedBack: Set<Int> = []
        var isWorkWaiting = false
        var failures: [Int: Int] = [:]
    }

    private let count: Int
    private let state: Mutex<State>

    init(count: Int) {
        self.count = count
        state = Mutex(State(free: Set(0..<count)))
    }

    var areAllFree: Bool { state.withLock { $0.free.count == count } }

    /// The lowest free slot, which is busy from now on.
    ///
    /// - Parameter other: which is not taken.
    func take(except other: Int? = nil) -> Int? {
        state.withLock { state in
            guard let slot = state.free.filter({ $0 != other }).min() else { return nil }
            state.free.remove(slot)
            return slot
        }
    }

    func free(_ slot: Int) {
        state.withLock { _ = $0.free.insert(slot) }
    }

    // MARK: - Lending

    /// Whether there are slots that could be asked back and were not.
    var hasLent: Bool { state.withLock { !$0.lent.subtracting($0.askedBack).isEmpty } }

    /// A free slot, the highest, which is not taken by others until it is given back.
    ///
    /// - Parameters:
    ///   - only: no other than this one; nil: any.
    ///   - others: which are not lent.
    func lend(only: Int? = nil, except others: Set<Int> = []) -> Int? {
        state.withLock { state in
            guard !state.isWorkWaiting else { return nil }
            let slots = state.free.subtracting(others).filter { only == nil || $0 == only }
            guard let slot = slots.max() else { return nil }
            state.free.remove(slot)
            state.lent.insert(slot)
            return slot
        }
    }

    func isAskedBack(_ slot: Int) -> Bool { state.withLock { $0.askedBack.contains(slot) } }

    func giveBack(_ slot: Int) {
        state.withLock { state in
            state.lent.remove(slot)
            state.askedBack.remove(slot)
            state.free.insert(slot)
        }
    }

    /// Asks for slots that are lent, but for one.
    func askBack(except other: Int) {
        state.withLock { $0.askedBack.formUnion($0.lent.subtracting([other])) }
    }

    /// Says whether there is work for which no slot is free: then all that are lent are asked back.
    func work(isWaiting: Bool) {
        state.withLock { state in
            state.isWorkWaiting = isWaiting
            if isWaiting { state.askedBack = state.lent }
        }
    }

    func failuresInARow(at slot: Int, succeeded: Bool) -> Int {
        state.withLock { state in
            let failures = succeeded ? 0 : state.failures[slot, default: 0] + 1
            state.failures[slot] = failures
            return failures
        }
    }
}
