package import JudgeCore
package import SandboxProtocol
import Units

/// What a checker said of one output.
package enum CheckerAnswer: Sendable, Equatable {
    case accepted
    /// The message says where the output differs.
    case rejected(String)
    /// The checker itself failed: a judge error, never a wrong answer.
    case failed(Reason)
}

/// A checker's answer with what it says beside.
package struct Opinion: Sendable, Equatable {
    package var answer: CheckerAnswer
    /// For judges.
    package var message: String
    /// For the submitter.
    package var teamMessage: String
    package var given: GivenScore

    package init(
        _ answer: CheckerAnswer, message: String = "", teamMessage: String = "",
        given: GivenScore = .none
    ) {
        self.answer = answer
        self.message = message
        self.teamMessage = teamMessage
        self.given = given
    }
}

/// The verdict of one run, and why.
package struct Decision: Sendable, Equatable {
    package var verdict: Verdict
    package var reason: Reason?
    package var checkerMessage: String
    package var teamMessage: String
    package var given: GivenScore

    package init(
        _ verdict: Verdict, _ reason: Reason? = nil, checkerMessage: String = "",
        teamMessage: String = "", given: GivenScore = .none
    ) {
        self.verdict = verdict
        self.reason = reason
        self.checkerMessage = checkerMessage
        self.teamMessage = teamMessage
        self.given = given
    }
}

/// Facts in, verdict out; nothing else decides.
package enum VerdictRule {
    /// The verdict of one run under `limits` as far as it stands without a checker; nil when the
    /// checker decides.
    ///
    /// In this order, the package format's: time limit, then memory and every other way to fail at
    /// run time, then the output limit. A program that is both too slow and crashes is too slow; a
    /// non-zero exit after a right answer is a run-time error.
    /// - Parameters:
    ///   - limits: what the program may use; `cpuTime` is the time limit.
    ///   - programIsSubmitted: whether what could not be executed was made from the submission;
    ///     an interpreter of the host that cannot be executed is the machine's fault.
    /// - Throws: `machine` when the run could not be set up.
    package static func decide(
        _ report: RunReport, limits: RunLimits, programIsSubmitted: Bool
    ) throws(JudgingError) -> Decision? {
        if report.execErrno != nil && programIsSubmitted {
            let text = "could not be started: " + setupFailure(report)
            return Decision(.runTimeError, Reason(.execFailed, text))
        }
        guard report.outcome != .setupFailed else { throw .machine(setupFailure(report)) }
        if let late = timeFailure(report, limits) { return late }
        if let failure = runFailure(report, limits) { return failure }
        if report.outcome == .output || report.outputBytes > limits.output {
            return Decision(.outputLimit, Reason(.outputLimit, outputText(report, limits)))
        }
        return nil
    }

    /// The verdict of a run that the checker decides.
    package static func decide(_ opinion: Opinion) -> Decision {
        var decision: Decision
        switch opinion.answer {
        case .accepted:
            decision = Decision(.accepted)
        case .rejected(let message):
            decision = Decision(
                .wrongAnswer, Reason(.wrongOutput, message), checkerMessage: message)
        case .failed(let reason):
            decision = Decision(.judgeError, reason, checkerMessage: reason.text)
        }
        if !opinion.message.isEmpty { decision.checkerMessage = opinion.message }
        decision.teamMessage = opinion.teamMessage
        decision.given = opinion.given
        return decision
    }

    private static func timeFailure(_ report: RunReport, _ limits: RunLimits) -> Decision? {
        if report.outcome == .cpuTime || report.cpuTime > limits.cpuTime {
            return Decision(.timeLimit, Reason(.cpuTime, cpuTimeText(report, limits)))
        }
        switch report.outcome {
        case .wallTime:
            return Decision(.timeLimit, Reason(.wallTime, wallTimeText(report, limits)))
        case .idle:
            return Decision(.timeLimit, Reason(.idle, idleText(report, limits)))
        case .exited, .signaled, .cpuTime, .memory, .output, .processes, .setupFailed:
            return nil
        }
    }

    private static func runFailure(_ report: RunReport, _ limits: RunLimits) -> Decision? {
        if report.outcome == .memory || report.oomKills > 0 {
            return Decision(.memoryLimit, Reason(.memoryLimit, memoryText(report, limits)))
        }
        switch report.outcome {
        case .processes:
            return Decision(.runTimeError, Reason(.processLimit, processText(limits)))
        case .exited where report.exitCode == 0, .output:
            return nil
        case .exited where report.memoryComplaint != nil,
            .signaled where report.memoryComplaint != nil:
            return Decision(.memoryLimit, Reason(.memoryLimit, complaintText(report, limits)))
        case .exited, .signaled, .cpuTime, .wallTime, .idle, .memory, .setupFailed:
            return Decision(.runTimeError, crash(report, limits))
        }
    }

    private static func crash(_ report: RunReport, _ limits: RunLimits) -> Reason {
        if report.filteredCall != nil { return Reason(.filteredCall, endText(report)) }
        if report.processLimitHits > 0 {
            return Reason(.processLimit, endText(report) + " after it " + processText(limits))
        }
        let code: ReasonCode = report.signal == nil ? .exitCode : .signal
        return Reason(code, endText(report) + stackText(report, limits))
    }
}
