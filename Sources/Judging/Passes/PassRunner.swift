import JudgeCore
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// Runs submissions on tests that take more than one run and one look at its output: interactive ones,
/// ones of several passes, or both.
///
/// Between passes nothing of the submission lives on: what there is to remember, the validator keeps
/// in its feedback folder.
struct PassRunner: TestRunning {
    let base: TestRunner
    let box: ValidatorBox
    let validator: Validator

    var problem: Problem { base.problem }
    var checker: any Checker { base.checker }

    func prepare(_ slot: any Slot) async throws(JudgingError) {
        try await base.prepare(slot)
    }

    func run(_ test: TestCase, on slot: any Slot) async throws(JudgingError) -> TestResult {
        let companion = try await box.companion(of: slot)
        try await box.emptyFeedback(on: companion)
        let limit = problem.kind.isMultiPass ? problem.kind.passes : 1
        var result = TestResult(name: test.name, group: test.group, verdict: .judgeError)
        var input: [UInt8]?
        var said = TranscriptCut(kept: base.meter?.recordKept ?? base.settings.transcriptKept)
        for pass in 1...limit {
            try await base.fillAnew(slot, for: test)
            try await box.put(test, input: input, on: companion)
            let made =
                problem.kind.isInteractive
                ? try await converse(test, pass, on: slot, companion)
                : try await output(test, input, on: slot, companion)
            result.take(made)
            if problem.kind.isMultiPass {
                said.add(made.transcript)
                result.transcript = said.transcript
            } else {
                result.transcript = made.transcript
            }
            base.tell(of: made.run.report)
            let step = PassRule.step(
                after: made.decision, answer: made.opinion?.answer,
                asksAgain: made.next != nil, pass: pass, limit: limit)
            guard case .final(let decision) = step else {
                input = made.next
                continue
            }
            result.take(decision)
            result.outputs = base.kept(made.run, decision.verdict)
            break
        }
        return result
    }

    /// What one pass came to.
    fileprivate struct Pass {
        var run: RunResult
        var decision: Decision
        /// The validator's; nil when it was not asked.
        var opinion: Opinion?
        /// Input of another pass, which the validator asks for.
        var next: [UInt8]?
        var transcript = Transcript()
    }

    /// A pass in which the validator reads what the submission left.
    private func output(
        _ test: TestCase, _ input: [UInt8]?, on slot: any Slot, _ companion: any Slot
    ) async throws(JudgingError) -> Pass {
        let request = base.request(test)
        let run = try await sandboxed { () async throws(SandboxError) in
            try await slot.run(
                request, input: input.map { .bytes($0) } ?? .file(test.inputPath),
                stdout: .captured, stderr: .captured)
        }
        if let early = try VerdictRule.decide(
            run.report, limits: limits(of: request), programIsSubmitted: isSubmitted(request))
        {
            return Pass(run: run, decision: early)
        }
        let question = box.request(validator, about: test)
        let answer = try await sandboxed { () async throws(SandboxError) in
            try await companion.run(
                question, input: .bytes(run.stdout), stdout: .captured, stderr: .captured)
        }
        let (opinion, next) = try await opinion(after: answer, question, on: companion)
        return Pass(
            run: run, decision: VerdictRule.decide(opinion), opinion: opinion, next: next)
    }

    /// A pass in which the two talk.
    private func converse(
        _ test: TestCase, _ pass: Int, on slot: any Slot, _ companion: any Slot
    ) async throws(JudgingError) -> Pass {
        let request = base.request(test)
        let question = box.request(validator, about: test)
        let talk = try await Interaction(settings: base.settings, meter: base.meter).hold(
            [ConversationParty(slot: slot, request: request)], with: question, on: companion,
            at: .standardStreams)
        let (opinion, next) = try await opinion(
            after: talk.interactor.run, question,
            failure: InteractionRule.failure(talk.interactor), on: companion)
        let (decision, _) = try InteractionRule.decide(
            opinion, talk.programs, limits: limits(of: request),
            isSubmitted: isSubmitted(request))
        return Pass(
            run: talk.programs[0].run, decision: decision, opinion: opinion, next: next,
            transcript: Transcript(talk.record, pass: problem.kind.isMultiPass ? pass : nil))
    }

    private func opinion(
        after run: RunResult, _ request: RunRequest, failure: String? = nil,
        on companion: any Slot
    ) async throws(JudgingError) -> (Opinion, next: [UInt8]?) {
        let next =
            problem.kind.isMultiPass ? try await box.takeNextPass(on: companion) : nil
        let opinion = try await box.opinion(
            after: run, of: validator, request, failure: failure, isLast: next == nil,
            on: companion)
        return (opinion, next)
    }

    private func limits(of request: RunRequest) -> RunLimits {
        var limits = request.limits
        limits.cpuTime = base.timeLimit
        return limits
    }

    /// An executable that a compiler made can be such that no kernel starts it.
    private func isSubmitted(_ request: RunRequest) -> Bool {
        request.arguments[0].hasPrefix("/box/")
    }
}

extension TestResult {
    /// The most of all passes; how the last one ended.
    fileprivate mutating func take(_ pass: PassRunner.Pass) {
        cpuTime = max(cpuTime, pass.run.report.cpuTime)
        wallTime = max(wallTime, pass.run.report.wallTime)
        memoryPeak = max(memoryPeak, pass.run.report.memoryPeak)
        exitCode = pass.run.report.exitCode
        signal = pass.run.report.signal
    }

    fileprivate mutating func take(_ decision: Decision) {
        verdict = decision.verdict
        reason = decision.reason
        checkerMessage = decision.checkerMessage
        teamMessage = decision.teamMessage
        given = decision.given
    }
}
