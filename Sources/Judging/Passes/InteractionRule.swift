import JudgeCore
package import SandboxProtocol
package import Sandboxing
import Units

/// The verdict of a conversation between a submission and an interactor: facts in, decision out.
///
/// In the package format's order:
///
/// - a. An interactor that fails is a judge error, whatever the submission did.
/// - b. A rejection by an interactor that had not been told of the end of the submission's output is
///   of what was said: whatever the submission did after it, and whatever time it took, counts nothing.
/// - c. The submission's time limit, and waiting for an answer that cannot come.
/// - d. Its other failures, also when the interactor, told of the end, rejects or accepts.
/// - e. The interactor's word.
///
/// Of several programs the one that failed first in time decides.
package enum InteractionRule {
    /// - Parameters:
    ///   - opinion: what the interactor said; `failed` also where the conversation had to end it.
    ///   - programs: of the submission; at least one.
    ///   - limits: what each may use; `cpuTime` is the time limit, `wallTime` what it may take by the
    ///     clock.
    ///   - isSubmitted: whether what could not be executed was made from the submission.
    ///   - name: what to call a program, where there are several.
    /// - Returns: the decision, and the place of the program whose failure it is.
    /// - Throws: `machine` when the run of one could not be set up.
    package static func decide(
        _ opinion: Opinion, _ programs: [ConversationEnding], limits: RunLimits,
        isSubmitted: Bool, named name: ((Int) -> String)? = nil
    ) throws(JudgingError) -> (decision: Decision, culprit: Int?) {
        switch opinion.answer {
        case .failed: return (VerdictRule.decide(opinion), nil)
        case .rejected where !programs.contains(where: \.wasTold):
            return (VerdictRule.decide(opinion), nil)
        case .accepted, .rejected: break
        }
        var first: (decision: Decision, culprit: Int, time: Duration)?
        for (index, program) in programs.enumerated() {
            let report = program.run.report
            let judged = try VerdictRule.decide(
                report, limits: limits, programIsSubmitted: isSubmitted)
            guard var failure = stopped(program, limits, among: programs.count) ?? judged else {
                continue
            }
            let time = report.endedAt ?? .zero
            if let first, first.time <= time { continue }
            if let name, let reason = failure.reason {
                failure.reason?.text = "\(name(index)): \(reason.text)"
            }
            failure.checkerMessage = opinion.message
            first = (failure, index, time)
        }
        if let first { return (first.decision, first.culprit) }
        return (VerdictRule.decide(opinion), nil)
    }

    /// The same for the one program that most submissions are.
    package static func decide(
        _ opinion: Opinion, _ submission: ConversationEnding, limits: RunLimits, isSubmitted: Bool
    ) throws(JudgingError) -> Decision {
        try decide(opinion, [submission], limits: limits, isSubmitted: isSubmitted).decision
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
        case .late, .idle: return "did not end in time after the submission had ended"
        case .settled: return nil
        }
    }

    private static func stopped(
        _ submission: ConversationEnding, _ limits: RunLimits, among count: Int
    ) -> Decision? {
        guard submission.wasCut, let stop = submission.stop else { return nil }
        let report = submission.run.report
        switch stop {
        case .settled:
            return nil
        case .stalled:
            let others =
                count > 1
                ? "the others while these waited" : "the interactor while that waited for it"
            let text =
                "waited for \(others), or for nobody; used \(report.cpuTime.secondsText) of CPU time"
            return Decision(.timeLimit, Reason(.idle, text))
        case .late:
            return Decision(.timeLimit, Reason(.wallTime, wallTimeText(report, limits)))
        case .idle:
            return Decision(.timeLimit, Reason(.idle, idleText(report, limits)))
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
