import JudgeCore

/// Whether a submission runs once more on a test, in problems with several passes.
package enum PassRule {
    package enum Step: Sendable, Equatable {
        case again
        case final(Decision)
    }

    /// - Parameters:
    ///   - decision: of the pass that has ended, as if it were the last.
    ///   - answer: of the validator; nil when it was not asked.
    ///   - asksAgain: whether it left an input for another pass.
    ///   - pass: which one has ended, from 1.
    ///   - limit: passes at most.
    package static func step(
        after decision: Decision, answer: CheckerAnswer?, asksAgain: Bool, pass: Int, limit: Int
    ) -> Step {
        guard asksAgain else { return .final(decision) }
        switch answer {
        case nil, .failed: return .final(decision)
        case .rejected:
            return .final(
                fault(
                    decision,
                    "the output validator rejects in pass \(pass) and leaves a nextpass.in "
                        + "for another"))
        case .accepted:
            // A run that failed by itself is not repeated.
            guard decision.verdict == .accepted else { return .final(decision) }
            guard pass >= limit else { return .again }
            return .final(
                fault(
                    decision,
                    "the output validator asks for pass \(pass + 1), but "
                        + "limits.validation_passes allows \(limit)"))
        }
    }

    private static func fault(_ decision: Decision, _ why: String) -> Decision {
        Decision(
            .judgeError, Reason(.checkerCrashed, why), checkerMessage: decision.checkerMessage)
    }
}
