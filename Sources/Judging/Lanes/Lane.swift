import JudgeCore
import Problems
import Sandboxing

/// A slot in which tests of one judging run, one after the other.
struct Lane: Sendable {
    let slot: any Slot
    /// By which a borrowed slot is given back; nil: it is the judging's own.
    let loan: Int?
    /// Whether another lane of the judging has the same slot.
    let isShared: Bool
    /// Whether program and checker lie in their boxes.
    private var isReady = false
    /// Whether something else is in the checker's box.
    private var isCheckerAway = false

    init(_ slot: any Slot, loan: Int? = nil) {
        self.slot = slot
        self.loan = loan
        isShared = false
    }

    private init(_ lane: Lane, isShared: Bool) {
        slot = lane.slot
        loan = lane.loan
        isReady = lane.isReady
        self.isShared = isShared
    }

    /// This one twice, once it is prepared: the test that runs in the one waits for its turn in the slot until
    /// the other's is over.
    var shared: [Lane] { [Lane(self, isShared: true), Lane(self, isShared: true)] }

    /// What two such lanes are when nothing runs in either.
    var alone: Lane { Lane(self, isShared: false) }

    /// Whether it is the judging's own: the only one for what looks at more than one test.
    var isOwn: Bool { loan == nil }

    mutating func prepare(_ runner: any TestRunning) async throws(JudgingError) {
        try await runner.prepare(slot)
        isReady = true
        isCheckerAway = false
    }

    /// - Throws: `machine`, `cancelled`; then it is prepared anew before the next test.
    mutating func run(
        _ test: TestCase, by runner: any TestRunning, _ staticValidator: StaticValidator?,
        turn: Turn? = nil
    ) async throws(JudgingError) -> TestResult {
        guard !Task.isCancelled else { throw .cancelled }
        if !isReady { try await prepare(runner) }
        // Where the next test may run meanwhile, no run changes what was prepared.
        isReady = isShared
        let result: TestResult
        if test.isStaticValidation, let staticValidator {
            isCheckerAway = true
            result = try await staticValidator.result(of: test, on: slot)
        } else {
            if isCheckerAway { try await runner.checker.prepare(slot) }
            isCheckerAway = false
            result = try await runner.run(test, on: slot, turn: turn)
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
