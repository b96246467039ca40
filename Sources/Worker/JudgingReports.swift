import JudgeCore
import Store
import Synchronization

/// What a judging says of itself while it goes on: how far it is, and the tests it is done with.
///
/// Whoever judges adds and never waits; whoever stores takes all there is at once.
final class JudgingReports: Sendable {
    private struct State {
        var progress: JudgingProgress?
        var tests: [TestResult] = []
    }

    /// Yields when there is something to take; several additions may come as one.
    let bell: AsyncStream<Void>
    private let ring: AsyncStream<Void>.Continuation
    private let state = Mutex(State())

    init() {
        (bell, ring) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    func add(_ progress: JudgingProgress) {
        state.withLock { $0.progress = progress }
        ring.yield()
    }

    /// Texts and outputs are left out: they come with the judgement.
    func add(_ test: TestResult) {
        var test = test
        test.outputs = []
        test.checkerMessage = ""
        test.teamMessage = ""
        state.withLock { $0.tests.append(test) }
        ring.yield()
    }

    /// nil when nothing was added since the last time.
    func take() -> (progress: JudgingProgress, tests: [TestResult])? {
        state.withLock { state in
            guard let progress = state.progress else { return nil }
            defer { state = State() }
            return (progress, state.tests)
        }
    }
}
