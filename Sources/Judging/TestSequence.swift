import JudgeCore
import Problems
import Sandboxing

/// What makes the results of one submission's tests, in each slot one after another.
protocol TestRunning: Sendable {
    var problem: Problem { get }
    var checker: any Checker { get }

    /// Whether a run changes nothing that the next one needs, and the slot is not used to look at what it
    /// wrote: then the next test may run there meanwhile.
    var freesSlotEarly: Bool { get }

    /// Makes everything ready that the tests share.
    func prepare(_ slot: any Slot) async throws(JudgingError)

    func run(_ test: TestCase, on slot: any Slot) async throws(JudgingError) -> TestResult

    /// The same where another test may be in the slot.
    /// - Parameter turn: whoever `freesSlotEarly` waits for it, and says when its run has begun.
    func run(
        _ test: TestCase, on slot: any Slot, turn: Turn?
    ) async throws(JudgingError) -> TestResult
}

extension TestRunning {
    var freesSlotEarly: Bool { false }

    func run(
        _ test: TestCase, on slot: any Slot, turn: Turn?
    ) async throws(JudgingError) -> TestResult {
        try await run(test, on: slot)
    }
}

/// The tests of one judging in order: those that the groups' rules ask for, or simply all; and the groups'
/// grades, for which a package's own grader may have to be asked.
struct TestSequence: Sendable {
    let runner: any TestRunning
    let grader: Grader?
    let staticValidator: StaticValidator?
    let all: Bool
    let outputs: OutputKeeping
    /// nil: the tests run in one slot.
    var spares: (any SpareSlots)?
    /// Called with what the machine failed to do in a run that is made again in the same slot.
    var failed: (@Sendable (String) -> Void)?
    let progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?
    let judged: (@Sendable (TestResult) -> Void)?

    /// - Throws: `machine`, `cancelled`.
    func judgement(
        on slot: any Slot, compile: CompileResult?
    ) async throws(JudgingError) -> Judgement {
        let start = ContinuousClock.now
        var own = Lane(slot)
        try await own.prepare(runner)
        progress?(0, runner.problem.tests.count)
        return try await TestLanes.judgement(
            of: self, own: own, preparation: start.duration(to: .now), compile: compile)
    }
}

/// A program of the package, none where none is asked, or why the package has none that works.
enum PreparedProgram {
    case ready(Validator?)
    case broken(String)
}
