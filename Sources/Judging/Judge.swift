package import JudgeCore
package import Problems
package import Sandboxing

/// Judges one submission: compile, run each test, compare, decide, score.
///
/// A verdict is a value, also the judge error of a package that cannot be judged. What the machine
/// failed to do is thrown, so that the attempt is recorded and made again. The sandbox reports
/// facts, `VerdictRule` makes verdicts of them, `Score` makes one judgement of many tests; this
/// type only walks the path between them.
package struct Judge: Sendable {
    package let settings: JudgingSettings

    package init(settings: JudgingSettings = JudgingSettings()) {
        self.settings = settings
    }

    /// Judges `sources` on `slot`, which must be used by nobody else meanwhile.
    ///
    /// Tests run in order and end at the first that is not accepted, unless `allTests`.
    /// - Parameters:
    ///   - timeAllowance: programs are stopped at the time limit times this, so that one learns how
    ///     much more they need; the verdict is of the time limit all the same.
    ///   - progress: called before the first test and after each with (tests done, tests in all).
    /// - Throws: `refused` for what `SourceSet.admit` refuses, `machine` when the sandbox failed,
    ///   `cancelled`.
    package func judge(
        _ sources: SourceSet, in language: Language, problem: Problem, allTests: Bool = false,
        timeAllowance: Double = 1, on slot: any Slot,
        progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
    ) async throws(JudgingError) -> Judgement {
        try sources.admit(to: problem, in: language)
        var checkers: [[String]: DefaultChecker] = [:]
        for test in problem.tests where checkers[test.validatorFlags] == nil {
            do throws(ValidatorFlagsError) {
                checkers[test.validatorFlags] = DefaultChecker(
                    try ValidatorFlags(parsing: test.validatorFlags, strict: problem.isStrict))
            } catch {
                return badPackage("test \(test.name): \(error)")
            }
        }
        guard let timeLimit = problem.timeLimit else { return noTimeLimit(problem) }

        let compiler = Compiler(settings: settings)
        let compilation = try await compiler.compile(
            sources, in: language, limits: problem.limits, on: slot)
        guard let program = compilation.program else {
            return Judgement(
                verdict: .compilerError, reason: compilation.reason, compile: compilation.result)
        }

        let runner = TestRunner(
            settings: settings, program: program, language: language, problem: problem,
            timeLimit: timeLimit, timeAllowance: timeAllowance, checkers: checkers)
        let results = try await run(runner, all: allTests, on: slot, progress: progress)
        return Score.judgement(of: results, compile: compilation.result)
    }

    private func run(
        _ runner: TestRunner, all allTests: Bool, on slot: any Slot,
        progress: (@Sendable (Int, Int) -> Void)?
    ) async throws(JudgingError) -> [TestResult] {
        let tests = runner.problem.tests
        var results: [TestResult] = []
        try await runner.prepare(slot)
        progress?(0, tests.count)
        for test in tests {
            guard !Task.isCancelled else { throw .cancelled }
            let result = try await runner.run(test, on: slot)
            results.append(result)
            progress?(results.count, tests.count)
            if result.verdict != .accepted && !allTests { break }
        }
        return results
    }

    private func noTimeLimit(_ problem: Problem) -> Judgement {
        badPackage(
            "problem \(problem.id) has no time limit; state limits.time_limit in problem.yaml or "
                + "compute it with judge problem verify")
    }

    private func badPackage(_ why: String) -> Judgement {
        Judgement(verdict: .judgeError, reason: Reason(.badPackage, why))
    }
}

/// Makes a call of the sandbox; its failure is the machine's, unless the task was cancelled.
func sandboxed<Value: Sendable>(
    _ call: () async throws(SandboxError) -> Value
) async throws(JudgingError) -> Value {
    guard !Task.isCancelled else { throw .cancelled }
    do throws(SandboxError) {
        return try await call()
    } catch {
        throw Task.isCancelled ? .cancelled : .machine(error.description)
    }
}
