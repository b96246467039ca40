import JudgeCore
import Problems
import Sandboxing

/// What makes the results of one submission's tests, one after another.
protocol TestRunning: Sendable {
    var problem: Problem { get }
    var checker: any Checker { get }

    /// Makes everything ready that the tests share.
    func prepare(_ slot: any Slot) async throws(JudgingError)

    func run(_ test: TestCase, on slot: any Slot) async throws(JudgingError) -> TestResult
}

/// The tests of one judging in order: those that the groups' rules ask for, or simply all; and the groups'
/// grades, for which a package's own grader may have to be asked.
struct TestSequence: Sendable {
    let runner: any TestRunning
    let grader: Grader?
    let staticValidator: StaticValidator?
    let all: Bool
    let outputs: OutputKeeping
    let progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?
    let judged: (@Sendable (TestResult) -> Void)?

    /// What is known so far.
    private struct Results {
        var tests: [TestResult?]
        var done = 0
        /// Bytes of outputs and messages that are kept.
        var kept = 0
        /// What the grader said, by the group's name.
        var grades: [String: Grade] = [:]
        /// Why the grader could not say it.
        var failure: Reason?
        /// Whether something else is in the checker's box.
        var isCheckerAway = false
    }

    /// - Throws: `machine`, `cancelled`.
    func judgement(
        on slot: any Slot, compile: CompileResult?
    ) async throws(JudgingError) -> Judgement {
        let problem = runner.problem
        var results = Results(tests: Array(repeating: nil, count: problem.tests.count))
        try await runner.prepare(slot)
        progress?(0, problem.tests.count)
        if all {
            for index in problem.tests.indices { try await run(index, into: &results, on: slot) }
        }
        var walk = GradingWalk(problem.data)
        while results.failure == nil {
            if let index = Self.next(of: &walk) {
                if results.tests[index] == nil { try await run(index, into: &results, on: slot) }
                guard let result = results.tests[index], Self.take(result, in: &walk) else { break }
            } else if let question = walk.question {
                try await ask(question, &walk, &results, on: slot)
            } else {
                break
            }
        }
        return Score.judgement(
            of: results.tests, in: problem.data, scoring: problem.kind.objective,
            graders: results.grades, failure: results.failure, compile: compile)
    }

    private func run(
        _ index: Int, into results: inout Results, on slot: any Slot
    ) async throws(JudgingError) {
        guard !Task.isCancelled else { throw .cancelled }
        let test = runner.problem.tests[index]
        let result: TestResult
        if test.isStaticValidation, let staticValidator {
            results.isCheckerAway = true
            result = try await staticValidator.result(of: test, on: slot)
        } else {
            if results.isCheckerAway { try await runner.checker.prepare(slot) }
            results.isCheckerAway = false
            result = try await runner.run(test, on: slot)
        }
        let fitting = outputs.fit(result, beside: results.kept)
        results.kept += fitting.keptBytes
        results.tests[index] = fitting
        judged?(fitting)
        results.done += 1
        progress?(results.done, results.tests.count)
    }

    private func ask(
        _ question: GraderQuestion, _ walk: inout GradingWalk, _ results: inout Results,
        on slot: any Slot
    ) async throws(JudgingError) {
        guard let grader else {
            results.failure = Reason(.badPackage, "the package holds no grader")
            return
        }
        results.isCheckerAway = true
        switch try await grader.answer(question, on: slot) {
        case .grade(let grade):
            results.grades[question.group] = grade
            walk.answer(grade)
        case .failed(let reason):
            results.failure = reason
        }
    }

    /// nil also when a group cannot be graded; `Score` comes to the same and says why.
    private static func next(of walk: inout GradingWalk) -> Int? {
        do throws(GradingError) { return try walk.next() } catch { return nil }
    }

    /// false when the result cannot be graded; `Score` comes to the same and says why.
    private static func take(_ result: TestResult, in walk: inout GradingWalk) -> Bool {
        do throws(GradingError) {
            _ = try walk.take(result.verdict, given: result.given)
            return true
        } catch {
            return false
        }
    }
}

/// A program of the package, none where none is asked, or why the package has none that works.
enum PreparedProgram {
    case ready(Validator?)
    case broken(String)
}
