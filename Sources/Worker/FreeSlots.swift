import Synchronization

/// Which slots of a worker are free, and how often the last attempts of each failed.
final class FreeSlots: Sendable {
    private struct State {
        var free: Set<Int>
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

    func failuresInARow(at slot: Int, succeeded: Bool) -> Int {
        state.withLock { state in
            let failures = succeeded ? 0 : state.failures[slot, default: 0] + 1
            state.failures[slot] = failures
            return failures
        }
    }
}
