package import JudgeCore
package import Problems
package import Sandboxing
import Units

/// Makes one run of a judging again, by the engine that made it: the same files, limits, environment
/// and arguments, the same checker, one test.
package struct Replay: Sendable {
    /// What came of it.
    package struct Outcome: Sendable {
        /// The compiler's verdict, if the program did not compile, else the test's.
        package var verdict: Verdict
        package var reason: Reason?
        package var compile: CompileResult?
        /// nil when it did not compile.
        package var test: TestResult?
        /// The submission's last run in the test, or the compiler's when there was none.
        package var run: RecordedRun?
        /// The submission's runs in the test, in order of passes and then of programs.
        package var programs: [RecordedRun]
        /// Runs of the package's checker, validators or interactor about the test, in order.
        package var checks: [RecordedRun]
        /// What was said, one for each pass; none where nobody talks, nil for what was too much to hold.
        package var talks: [ConversationRecord?]
        /// The answer that was submitted, where answers are and there is one to this test.
        package var submitted: [UInt8]?
        /// Whether programs of the submission run in this problem; else only the check was made again.
        package var ranProgram: Bool

        /// How often the submission ran.
        package var passes: Int { programs.map(\.pass).max() ?? 0 }
    }

    private let conditions: JudgingConditions
    private let languages: [Language]

    /// - Parameter languages: those that the package's validators may be written in.
    package init(under conditions: JudgingConditions, languages: [Language]) {
        self.conditions = conditions
        self.languages = languages
    }

    /// - Throws: `refused` when there is no such test, or one that only reads the source; `machine`,
    ///   `cancelled`.
    package func run(
        _ sources: SourceSet, problem: Problem, test name: String, on slot: any Slot
    ) async throws(JudgingError) -> Outcome {
        let test = try Self.test(name, of: problem)
        var narrowed = problem
        narrowed.timeLimit = conditions.timeLimit ?? problem.timeLimit
        narrowed.tests = [test]
        // One test is graded by no rule of the groups.
        narrowed.data = .passFail(testCount: 1)
        var settings = conditions.settings
        settings.outputs = OutputKeeping(
            tests: .all, each: problem.limits.output, total: ByteCount(.max))
        // The one run that is looked at is enough.
        settings.fairTime.repeats = 0
        let log = RunLog()
        let judge = Judge(settings: settings, languages: languages, meter: log)
        let judgement = try await judge.judge(
            sources, in: conditions.language, problem: narrowed, of: problem,
            on: RecordingSlot(slot, log: log)
        ) { _, _ in log.beginTest() }
        let result = judgement.tests.first
        let submitted =
            problem.runsPrograms
            ? nil : try SubmittedAnswers(sources, to: problem).answer(to: test)
        let programs = log.programs
        return Outcome(
            verdict: result?.verdict ?? judgement.verdict,
            reason: result.map(\.reason) ?? judgement.reason, compile: judgement.compile,
            test: result, run: programs.last ?? (problem.runsPrograms ? log.beforeTest : nil),
            programs: programs, checks: log.checks, talks: log.talks, submitted: submitted,
            ranProgram: problem.runsPrograms)
    }

    /// The test of this name, if a run in it can be made again.
    ///
    /// - Throws: `refused` as `run` does.
    package static func test(
        _ name: String, of problem: Problem
    ) throws(JudgingError) -> TestCase {
        guard let test = problem.tests.first(where: { $0.name == name }) else {
            let hint = nearest(to: name, among: problem.tests.map(\.name)).map {
                "; did you mean \($0)?"
            }
            throw .refused("problem \(problem.id) has no test \(name)" + (hint ?? ""))
        }
        guard !test.isStaticValidation else {
            throw .refused("test \(name) reads the source and runs nothing")
        }
        return test
    }
}
