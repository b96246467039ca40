import JudgeCore
import Problems
import Sandboxing

/// A slot in which tests of one judging run, one after the other.
struct Lane: Sendable {
    let slot: any Slot
    /// By which a borrowed slot is given back; nil: it is the judging's own.
    let loan: Int?
    /// Whether program and checker lie in their boxes.
    private var isReady = false
    /// Whether something else is in the checker's box.
    private var isCheckerAway = false

    init(_ slot: any Slot, loan: Int? = nil) {
        self.slot = slot
        self.loan = loan
    }

    /// Whether it is the judging's own: the only one for what looks at more than one test.
    var isOwn: Bool { loan == nil }

    mutating func prepare(_ runner: any TestRunning) async throws(JudgingError) {
        try await runner.prepare(slot)
        isReady = true
        isCheckerAway = false
    }

    /// - Throws: `machine`, `cancelled`; then it is prepared anew before the next test.
    mutating func run(
        _ test: TestCase, by runner: any TestRunning, _ staticValidator: StaticValidator?
    ) async throws(JudgingError) -> TestResult {
        guard !Task.isCancelled else { throw .cancelled }
        if !isReady { try await prepare(runner) }
        isReady = false
        let result: TestResult
        if test.isStaticValidation, let staticValidator {
            isCheckerAway = true
            result = try await staticValidator.result(of: test, on: slot)
        } else {
            if isCheckerAway { try await runner.checker.prepare(slot) }
            isCheckerAway = false
            result = try await runner.run(test, on: slot)
        }
        isReady = true
        return result
    }

    mutating func ask(
        _ grader: Grader, _ question: GraderQuestion
    ) async throws(JudgingError) -> Grader.Answer {
        isCheckerAway = true
        return try await grader.answer(question, on: slot)
    }
}
