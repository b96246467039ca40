/// The place of a test among those that run in one slot: it comes to the slot when the one before it has
/// begun there, so that they run in this order.
final class Turn: Sendable {
    private let before: AsyncStream<Void>?
    private let begun: AsyncStream<Void>
    private let tell: AsyncStream<Void>.Continuation

    /// - Parameter last: of the one before it, which nobody else comes after; nil: it is the first.
    init(after last: Turn?) {
        before = last?.begun
        (begun, tell) = AsyncStream.makeStream(of: Void.self)
    }

    /// Returns when the one before has begun or never will, or when the task is cancelled.
    func wait() async {
        guard let before else { return }
        for await _ in before {}
    }

    /// For when it has begun in the slot, or never will.
    func begin() { tell.finish() }
}
