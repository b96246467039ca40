import JudgeCore
package import SandboxProtocol
package import Sandboxing
import Units

/// The verdict of a conversation between one submission and an interactor: facts in, decision out.
///
/// In the package format's order:
///
/// - a. An interactor that fails is a judge error, whatever the submission did.
/// - b. A rejection by an interactor that had not been told of the end of the submission's output is
///   of what was said: whatever the submission did after it, and whatever time it took, counts nothing.
/// - c. The submission's time limit, and waiting for an answer that cannot come.
/// - d. Its other failures, also when the interactor, told of the end, rejects or accepts.
/// - e. The interactor's word.
package enum InteractionRule {
    /// - Parameters:
    ///   - opinion: what the interactor said; `failed` also where the conversation had to end it.
    ///   - submission: the other side.
    ///   - limits: what the submission may use; `cpuTime` is the time limit, `wallTime` what it may
    ///     take by the clock.
    ///   - isSubmitted: whether what could not be executed was made from the submission.
    /// - Throws: `machine` when the submission's run could not be set up.
    package static func decide(
        _ opinion: Opinion, _ submission: ConversationEnding, limits: RunLimits, isSubmitted: Bool
    ) throws(JudgingError) -> Decision {
        let report = submission.run.report
        switch opinion.answer {
        case .failed: return VerdictRule.decide(opinion)
        case .rejected where !submission.wasTold: return VerdictRule.decide(opinion)
        case .accepted, .rejected: break
        }
        if var late = stopped(submission, limits) {
            late.checkerMessage = opinion.message
            return late
        }
        if var failure = try VerdictRule.decide(
            report, limits: limits, programIsSubmitted: isSubmitted)
        {
            failure.checkerMessage = opinion.message
            return failure
        }
        return VerdictRule.decide(opinion)
    }

    /// Whether nothing that the submission still does can change the decision.
    package static func isSettled(_ report: RunReport, wasTold: Bool) -> Bool {
        guard report.outcome == .exited else { return true }
        switch report.exitCode {
        case 42: return false
        case 43: return !wasTold
        default: return true
        }
    }

    /// The end of a sentence about an interactor that the conversation ended; nil for any other.
    package static func failure(_ interactor: ConversationEnding) -> String? {
        guard interactor.wasCut, let stop = interactor.stop else { return nil }
        switch stop {
        case .stalled: return "waits for nothing after the submission has ended"
        case .late: return "did not end in time after the submission had ended"
        case .settled: return nil
        }
    }

    private static func stopped(_ submission: ConversationEnding, _ limits: RunLimits) -> Decision?
    {
        guard submission.wasCut, let stop = submission.stop else { return nil }
        let report = submission.run.report
        switch stop {
        case .settled:
            return nil
        case .stalled:
            let text =
                "waited for the interactor while that waited for it, or for nobody; used "
                + "\(report.cpuTime.secondsText) of CPU time"
            return Decision(.timeLimit, Reason(.idle, text))
        case .late:
            return Decision(.timeLimit, Reason(.wallTime, wallTimeText(report, limits)))
        }
    }
}

extension ConversationEnding {
    /// Whether it was the conversation that ended it: it may have been quicker.
    fileprivate var wasCut: Bool {
        let sigkill: Int32 = 9
        return stop != nil && run.report.outcome == .signaled && run.report.signal == sigkill
    }
}
