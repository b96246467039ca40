import JudgeCore
import Logging
import Store
import Synchronization

/// Judgings of this worker that wait to be made again in another slot.
final class Repetitions: Sendable {
    struct Waiting: Sendable {
        var claim: Claim
        var judgement: Judgement
        /// Where it was judged first.
        var slot: Int
    }

    /// More would only say later what these say.
    private static let limit = 16

    private let share: Double
    private let chance: @Sendable () -> Double
    private let waiting = Mutex<[Waiting]>([])

    /// - Parameter chance: from 0 to below 1; a judging is chosen where it is below `share`.
    init(share: Double, chance: @escaping @Sendable () -> Double) {
        self.share = share
        self.chance = chance
    }

    var isEmpty: Bool { waiting.withLock(\.isEmpty) }

    /// The slot that the next one must not be made in; nil when none waits.
    var nextSlot: Int? { waiting.withLock { $0.first?.slot } }

    /// Whether a judging that begins is to be made again; then it uses one slot alone, so that all of it
    /// is made again in another.
    func choose() -> Bool { share > 0 && chance() < share }

    /// Takes a judging that was chosen. One of a cancelled submission or of a package that is broken tells
    /// nothing of slots.
    func add(_ claim: Claim, _ judgement: Judgement, slot: Int) {
        guard judgement.verdict != .judgeError else { return }
        waiting.withLock { waiting in
            guard waiting.count < Self.limit else { return }
            waiting.append(Waiting(claim: claim, judgement: judgement, slot: slot))
        }
    }

    func take() -> Waiting? {
        waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
}

/// Makes one judging again, with all that is compiled for it, and stores what it came to.
struct RepetitionRunner: Sendable {
    let store: any JobStore
    let judge: any SubmissionJudge
    let settings: WorkerSettings
    let metrics: WorkerMetrics?
    let logger: Logger

    func run(_ waiting: Repetitions.Waiting, slot: Int) async {
        let lease = waiting.claim.lease
        var metadata: Logger.Metadata = [
            "job.id": "\(lease.jobID)", "submission.id": "\(lease.submissionID)",
            "slot": "\(slot)", "first.slot": "\(waiting.slot)",
        ]
        do {
            let again = try await judge.anew.judge(
                waiting.claim.submission, problem: waiting.claim.problem, slot: slot,
                loans: nil, progress: { _, _ in }, judged: { _ in })
            let difference = waiting.judgement.difference(from: again)
            try await store.addRepetition(
                NewRepetition(
                    jobID: lease.jobID, worker: settings.name, heldAs: settings.heldAs,
                    slot: slot, firstSlot: waiting.slot, judgement: again,
                    difference: difference))
            metrics?.repeated(difference == nil ? .same : .different)
            guard let difference else { return }
            metadata["difference"] = "\(difference)"
            logger.error("a repeated judging came to something else", metadata: metadata)
        } catch {
            guard !Task.isCancelled else { return }
            metrics?.repeated(.failed)
            // What the machine failed to do says nothing of the verdict.
            metadata["cause"] = "\(error)"
            logger.warning("a judging could not be repeated", metadata: metadata)
        }
    }
}
