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
    private let languages: [Language]
    /// Shared by the copies of this value.
    private let validators: ValidatorCache

    /// - Parameter languages: those that a package's validators may be written in.
    package init(settings: JudgingSettings = JudgingSettings(), languages: [Language] = []) {
        self.settings = settings
        self.languages = languages
        validators = ValidatorCache(limit: settings.validatorsKept)
    }

    /// Judges `sources` on `slot`, which must be used by nobody else meanwhile.
    ///
    /// Tests run in order, those that the groups' rules ask for: a pass-fail problem ends at the
    /// first that is not accepted. With `allTests` every test runs, and the judgement is the same.
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
        guard problem.runsPrograms else {
            return try await judgeAnswers(
                sources, problem: problem, allTests: allTests, on: slot, progress: progress)
        }
        guard let timeLimit = problem.timeLimit else { return noTimeLimit(problem) }

        let complete: SourceSet
        do throws(JudgingError) {
            complete = try sources.completed(by: problem, in: language)
        } catch {
            guard case .refused(let why) = error else { throw error }
            return badPackage(why)
        }
        let checker: any Checker
        switch try await self.checker(of: problem, for: sources, on: slot) {
        case .ready(let ready): checker = ready
        case .broken(let why): return badPackage(why)
        }
        let compiler = Compiler(settings: settings)
        let compilation = try await compiler.compile(
            complete, in: language, limits: problem.limits, on: slot)
        guard let program = compilation.program else {
            return Judgement(
                verdict: .compilerError, reason: compilation.reason, compile: compilation.result)
        }

        let runner = TestRunner(
            settings: settings, program: program, language: language, problem: problem,
            timeLimit: timeLimit, timeAllowance: timeAllowance, checker: checker,
            testsBringFiles: problem.tests.contains { !$0.files.isEmpty })
        let results = try await run(runner, all: allTests, on: slot, progress: progress)
        return Score.judgement(
            of: results, in: problem.data, scoring: problem.kind.objective,
            compile: compilation.result)
    }

    /// Asks about submitted answers; no program of the submission's runs.
    private func judgeAnswers(
        _ sources: SourceSet, problem: Problem, allTests: Bool, on slot: any Slot,
        progress: (@Sendable (Int, Int) -> Void)?
    ) async throws(JudgingError) -> Judgement {
        let answers = try SubmittedAnswers(sources, to: problem)
        let checker: any Checker
        switch try await self.checker(of: problem, for: sources, on: slot) {
        case .ready(let ready): checker = ready
        case .broken(let why): return badPackage(why)
        }
        let runner = AnswerRunner(problem: problem, answers: answers, checker: checker)
        let results = try await run(runner, all: allTests, on: slot, progress: progress)
        var judgement = Score.judgement(
            of: results, in: problem.data, scoring: problem.kind.objective, compile: nil)
        // Nothing ran that could have used any.
        judgement.cpuTime = nil
        judgement.wallTime = nil
        judgement.memoryPeak = nil
        return judgement
    }

    private func run(
        _ runner: any TestRunning, all allTests: Bool, on slot: any Slot,
        progress: (@Sendable (Int, Int) -> Void)?
    ) async throws(JudgingError) -> [TestResult?] {
        let tests = runner.problem.tests
        var results = [TestResult?](repeating: nil, count: tests.count)
        var order = TestOrder(of: runner.problem, all: allTests)
        var done = 0
        try await runner.prepare(slot)
        progress?(0, tests.count)
        while let index = order.next() {
            guard !Task.isCancelled else { throw .cancelled }
            let result = try await runner.run(tests[index], on: slot)
            results[index] = result
            order.take(result)
            done += 1
            progress?(done, tests.count)
        }
        return results
    }

    /// The package's own validators or checker, compiled, or the default validator.
    func checker(
        of problem: Problem, for sources: SourceSet, on slot: any Slot
    ) async throws(JudgingError) -> PreparedChecker {
        if let checker = problem.programs.testlib?.checker {
            let builder = ValidatorBuilder(
                settings: settings, languages: languages, problem: problem, cache: validators,
                title: "the checker")
            switch try await builder.build(checker, on: slot) {
            case .built(let built):
                return .ready(
                    TestlibChecker(settings: settings, problem: problem, checker: built))
            case .failed(let why): return .broken(why)
            }
        }
        guard let programs = problem.programs.outputValidators else {
            return .defaultCheckers(of: problem)
        }
        let builder = ValidatorBuilder(
            settings: settings, languages: languages, problem: problem, cache: validators)
        var built: [Validator] = []
        for program in programs {
            switch try await builder.build(program, on: slot) {
            case .built(let validator): built.append(validator)
            case .failed(let why): return .broken(why)
            }
        }
        return .ready(
            OutputValidators(
                settings: settings, problem: problem, sources: sources, validators: built))
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

/// Which test comes next: as the groups' rules say, or simply all.
private struct TestOrder {
    private var walk: GradingWalk?
    private var upcoming = 0
    private let count: Int

    init(of problem: Problem, all: Bool) {
        walk = all ? nil : GradingWalk(problem.data)
        count = problem.tests.count
    }

    /// nil also when a group cannot be graded; `Score` comes to the same and says why.
    mutating func next() -> Int? {
        guard walk != nil else {
            guard upcoming < count else { return nil }
            defer { upcoming += 1 }
            return upcoming
        }
        do throws(GradingError) {
            return try walk?.next()
        } catch {
            return nil
        }
    }

    mutating func take(_ result: TestResult) {
        do throws(GradingError) {
            _ = try walk?.take(result.verdict, given: result.given)
        } catch {
            upcoming = count
            walk = nil
        }
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
