import Judging
import Logging
import Synchronization

/// What one judging of a worker may borrow beside its own slot.
package final class Loans: Sendable {
    private struct State {
        var used: Set<Int> = []
        var failed: Set<Int> = []
    }

    private let job: Int64
    private let slots: FreeSlots
    private let repetitions: Repetitions
    private let metrics: WorkerMetrics?
    private let logger: Logger
    private let givenBack: @Sendable () -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - job: which is judged.
    ///   - givenBack: called when a slot has become free.
    init(
        of job: Int64, _ slots: FreeSlots, _ repetitions: Repetitions, metrics: WorkerMetrics?,
        logger: Logger,
        givenBack: @escaping @Sendable () -> Void
    ) {
        self.job = job
        self.slots = slots
        self.repetitions = repetitions
        self.metrics = metrics
        self.logger = logger
        self.givenBack = givenBack
    }

    /// The slots that were borrowed.
    var used: Set<Int> { state.withLock(\.used) }

    /// A slot that this worker needs for nothing else now; nil: there is none.
    package func borrow() -> Int? {
        // A judging that waits to be made again takes any slot but one.
        let failed = state.withLock(\.failed)
        guard let slot = slots.lend(only: repetitions.nextSlot, except: failed) else { return nil }
        state.withLock { _ = $0.used.insert(slot) }
        metrics?.lent(1)
        return slot
    }

    /// Whether it must be given back as soon as nothing runs there.
    package func isWantedBack(_ slot: Int) -> Bool { slots.isAskedBack(slot) }

    /// - Parameter failure: what the machine failed to do there; this judging does not get it again.
    package func giveBack(_ slot: Int, failure: String?) {
        if let failure {
            state.withLock { _ = $0.failed.insert(slot) }
            logger.warning(
                "a test failed in a lent slot and is run again in the judging's own",
                metadata: ["job.id": "\(job)", "slot": "\(slot)", "cause": "\(failure)"])
        }
        end(slot)
    }

    /// - Parameter cause: why the slot could not be opened anew; nothing ran there, and this judging does not
    ///   get it again.
    func giveBack(_ slot: Int, unopened cause: String) {
        state.withLock { _ = $0.failed.insert(slot) }
        logger.warning(
            "a slot was not lent: it cannot be opened anew",
            metadata: ["job.id": "\(job)", "slot": "\(slot)", "cause": "\(cause)"])
        end(slot)
    }

    private func end(_ slot: Int) {
        metrics?.lent(-1)
        slots.giveBack(slot)
        givenBack()
    }
}
