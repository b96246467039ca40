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
    private let meter: (any JudgingMeter)?
    private var compiled: CompileCache?

    /// - Parameters:
    ///   - languages: those that a package's validators may be written in.
    ///   - meter: is told how long the parts of judgings take.
    ///   - compiled: keeps what compilers make for the next judging; nil: each compiles.
    package init(
        settings: JudgingSettings = JudgingSettings(), languages: [Language] = [],
        meter: (any JudgingMeter)? = nil, compiled: CompileCache? = nil
    ) {
        self.meter = meter
        self.compiled = compiled
        self.settings = settings
        self.languages = languages
        validators = ValidatorCache(limit: settings.validatorsKept)
    }

    /// One that takes no program that this one, or another before it, has compiled, and keeps none for them.
    package var anew: Judge { Judge(settings: settings, languages: languages, meter: meter) }

    /// The same on a slot that sees what this look at the machine found (`KnownSurroundings`).
    package func seeing(look: Int) -> Judge {
        var judge = self
        judge.compiled = compiled?.seen(since: look)
        return judge
    }

    /// How often compiled validators were kept already when they were needed.
    package var validatorCacheUse: CacheUse { get async { await validators.use } }

    /// How often what compilers made was kept already when it was needed, validators included; none
    /// where it is not kept.
    package var compileCacheUse: CacheUse { compiled?.use ?? CacheUse() }

    /// Judges `sources` on `slot`, which must be used by nobody else meanwhile.
    ///
    /// Tests run in order, those that the groups' rules ask for: a pass-fail problem ends at the
    /// first that is not accepted. With `allTests` every test runs, and the judgement is the same.
    /// - Parameters:
    ///   - timeAllowance: programs are stopped at the time limit times this, so that one learns how
    ///     much more they need; the verdict is of the time limit all the same.
    ///   - whole: the problem of which `problem` is one test, by whose tests submitted answers are told
    ///     apart.
    ///   - spares: lends further slots for tests. The judgement is the same, and so is the order in which
    ///     tests are told; none of them is in use when this returns.
    ///   - progress: called before the first test and after each with (tests done, tests in all).
    ///   - judged: called with each test's result, without its score, before `progress` counts it.
    ///   - failed: called with what the machine failed to do in a run that is made again in the same slot.
    /// - Throws: `refused` for what `SourceSet.admit` refuses, `machine` when the sandbox failed,
    ///   `cancelled`.
    package func judge(
        _ sources: SourceSet, in language: Language, problem: Problem, allTests: Bool = false,
        timeAllowance: Double = 1, of whole: Problem? = nil, on slot: any Slot,
        spares: (any SpareSlots)? = nil,
        progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil,
        judged: (@Sendable (TestResult) -> Void)? = nil,
        failed: (@Sendable (String) -> Void)? = nil
    ) async throws(JudgingError) -> Judgement {
        try sources.admit(to: problem, in: language)
        guard problem.runsPrograms else {
            return try await judgeAnswers(
                sources, to: whole ?? problem, problem: problem, allTests: allTests, on: slot,
                spares: spares, progress: progress, judged: judged)
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
        let grader: Grader?
        switch try await self.grader(of: problem, on: slot) {
        case .ready(let ready): grader = ready.map(asGrader(of: problem))
        case .broken(let why): return badPackage(why)
        }
        let reader: Validator?
        switch try await staticValidator(of: problem, on: slot) {
        case .ready(let ready): reader = ready
        case .broken(let why): return badPackage(why)
        }
        let interactor: Validator?
        switch try await self.interactor(of: problem, on: slot) {
        case .ready(let ready): interactor = ready
        case .broken(let why): return badPackage(why)
        }
        let parts = try problem.communication?.programs(in: complete, language) ?? [complete]
        let compiler = Compiler(settings: settings, cache: compiled)
        let compilation = try await metered(meter?.compiled) { () async throws(JudgingError) in
            try await compiler.compile(
                all: parts, in: language, limits: problem.limits, on: slot,
                named: { problem.communication?.name(of: $0) ?? "" })
        }
        guard let program = compilation.programs.first else {
            return Judgement(
                verdict: .compilerError, reason: compilation.reason, compile: compilation.result)
        }

        let runners = compilation.programs.map { program in
            TestRunner(
                settings: settings, program: program,
                command: program.arguments.fill(language.run, memory: problem.limits.memory),
                environment: settings.environment
                    + program.arguments.environment(memory: problem.limits.memory),
                language: language, problem: problem, timeLimit: timeLimit,
                timeAllowance: timeAllowance, checker: checker,
                testsBringFiles: problem.tests.contains { !$0.files.isEmpty }, meter: meter)
        }
        let staticValidator = reader.map {
            StaticValidator(
                $0, settings: settings, problem: problem, complete: complete, program: program,
                in: language)
        }
        guard let steps = Self.steps(of: runners[0], among: runners, interactor) else {
            return badPackage("problem \(problem.id) needs one output validator that takes part")
        }
        return try await TestSequence(
            runner: steps, grader: grader, staticValidator: staticValidator, all: allTests,
            outputs: settings.outputs, spares: spares, failed: failed, progress: progress,
            judged: judged
        ).judgement(on: slot, compile: compilation.result)
    }

    /// What makes a test's result, where that is more than one run and one look at its output, too; nil
    /// where nobody could look.
    private static func steps(
        of first: TestRunner, among programs: [TestRunner], _ interactor: Validator?
    ) -> (any TestRunning)? {
        if let interactor {
            return TestlibInteraction(
                base: first, interactor: interactor, asked: first.checker as? TestlibChecker)
        }
        guard first.problem.kind.hasPasses else { return first }
        guard let own = first.checker as? OutputValidators, own.validators.count == 1,
            let validator = own.validators.first
        else { return nil }
        guard let communication = first.problem.communication else {
            return PassRunner(base: first, box: own.box, validator: validator)
        }
        return CommunicationRunner(
            communication, programs: programs, box: own.box, manager: validator)
    }

    private func asGrader(of problem: Problem) -> (Validator) -> Grader {
        { Grader(settings: settings, problem: problem, program: $0) }
    }

    /// Asks about submitted answers; no program of the submission's runs.
    private func judgeAnswers(
        _ sources: SourceSet, to whole: Problem, problem: Problem, allTests: Bool,
        on slot: any Slot, spares: (any SpareSlots)?, progress: (@Sendable (Int, Int) -> Void)?,
        judged: (@Sendable (TestResult) -> Void)?
    ) async throws(JudgingError) -> Judgement {
        let answers = try SubmittedAnswers(sources, to: whole)
        let checker: any Checker
        switch try await self.checker(of: problem, for: sources, on: slot) {
        case .ready(let ready): checker = ready
        case .broken(let why): return badPackage(why)
        }
        let grader: Grader?
        switch try await self.grader(of: problem, on: slot) {
        case .ready(let ready): grader = ready.map(asGrader(of: problem))
        case .broken(let why): return badPackage(why)
        }
        let runner = AnswerRunner(problem: problem, answers: answers, checker: checker)
        var judgement = try await TestSequence(
            runner: runner, grader: grader, staticValidator: nil, all: allTests,
            outputs: settings.outputs, spares: spares, progress: progress, judged: judged
        ).judgement(on: slot, compile: nil)
        // Nothing ran that could have used any.
        judgement.cpuTime = nil
        judgement.wallTime = nil
        judgement.memoryPeak = nil
        return judgement
    }

    /// The grader of a package that asks for its own; nil for others.
    func grader(of problem: Problem, on slot: any Slot) async throws(JudgingError)
        -> PreparedProgram
    {
        guard problem.data.asksGrader else { return .ready(nil) }
        return try await program(
            problem.programs.grader, of: problem, title: "the grader", on: slot)
    }

    /// The static validator of a package that asks for one; nil for others.
    func staticValidator(
        of problem: Problem, on slot: any Slot
    ) async throws(JudgingError) -> PreparedProgram {
        guard problem.tests.contains(where: \.isStaticValidation) else { return .ready(nil) }
        return try await program(
            problem.programs.staticValidator, of: problem, title: StaticValidator.title, on: slot)
    }

    /// The interactor of a Polygon package; nil where there is none.
    func interactor(of problem: Problem, on slot: any Slot) async throws(JudgingError)
        -> PreparedProgram
    {
        guard let interactor = problem.programs.testlib?.interactor else { return .ready(nil) }
        return try await program(interactor, of: problem, title: "the interactor", on: slot)
    }

    private func program(
        _ package: PackageProgram?, of problem: Problem, title: String, on slot: any Slot
    ) async throws(JudgingError) -> PreparedProgram {
        guard let package else { return .broken("the package does not hold \(title)") }
        let builder = ValidatorBuilder(
            settings: settings, languages: languages, problem: problem, cache: validators,
            compiled: compiled, title: title)
        switch try await builder.build(package, on: slot) {
        case .built(let program): return .ready(program)
        case .failed(let why): return .broken(why)
        }
    }

    /// The package's own validators or checker, compiled, or the default validator.
    func checker(
        of problem: Problem, for sources: SourceSet, on slot: any Slot
    ) async throws(JudgingError) -> PreparedChecker {
        if let checker = problem.programs.testlib?.checker {
            let builder = ValidatorBuilder(
                settings: settings, languages: languages, problem: problem, cache: validators,
                compiled: compiled, title: "the checker")
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
            settings: settings, languages: languages, problem: problem, cache: validators,
            compiled: compiled)
        var built: [Validator] = []
        for program in programs {
            switch try await builder.build(program, on: slot) {
            case .built(let validator): built.append(validator)
            case .failed(let why): return .broken(why)
            }
        }
        return .ready(
            OutputValidators(
                box: ValidatorBox(
                    settings: settings, problem: problem,
                    files: sources.files.map {
                        ProgramFile(name: $0.name, bytes: $0.bytes, executable: false)
                    }),
                validators: built))
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
