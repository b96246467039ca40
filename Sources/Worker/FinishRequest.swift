import Synchronization

/// Whether a worker was asked to take nothing more.
final class FinishRequest: Sendable {
    private struct State {
        var isAsked = false
        var wake: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    var isAsked: Bool { state.withLock(\.isAsked) }

    func ask() {
        let wake = state.withLock { state in
            state.isAsked = true
            return state.wake
        }
        wake?()
    }

    /// - Parameter wake: called at each request, and at once where there was one before.
    func whenAsked(_ wake: @escaping @Sendable () -> Void) {
        let isAsked = state.withLock { state in
            state.wake = wake
            return state.isAsked
        }
        if isAsked { wake() }
    }
}
