package import JudgeCore
package import Problems
package import Sandboxing
import Units

/// What one example submission did, beside what its author expects.
package struct ExampleOutcome: Sendable, Equatable {
    /// Below the package: `submissions/accepted/a.cpp`.
    package var path: String
    /// Id of the language it was judged in.
    package var language: String
    package var judgement: Judgement
    package var expected: [Verdict]
    /// What is not as expected, one sentence each.
    package var complaints: [String]

    package var ok: Bool { complaints.isEmpty }
}

/// All that `judge problem verify` says of a package.
package struct Verification: Sendable, Equatable {
    package var problem: String
    /// Stated or computed; nil when it could not be computed, and where answers are submitted.
    package var timeLimit: Duration?
    /// Whether the examples gave the time limit, not the package.
    package var isComputed = false
    package var margins = TimeMargins()
    /// Mistakes of the package that no example shows, one sentence each.
    package var faults: [String] = []
    /// Those of the package and those of the examples, one sentence each.
    package var warnings: [String]
    /// In the package's order.
    package var submissions: [ExampleOutcome] = []

    /// Whether all is as the package's author expects.
    package var ok: Bool { faults.isEmpty && submissions.allSatisfy(\.ok) }
}

/// How far a verification is: examples finished of all, and the tests of one that runs.
package struct VerificationProgress: Sendable, Equatable {
    package var done: Int
    package var total: Int
    package var path: String
    package var testsDone: Int
    package var tests: Int
}

/// Judges the examples of a package and compares with what their author expects.
package struct PackageVerifier: Sendable {
    package let judge: Judge
    let languages: [Language]
    private let absent: [String: String]

    /// - Parameters:
    ///   - languages: those that examples may be written in, as judge.conf has them.
    ///   - absent: by id of those that are not installed, how they would be; examples in them are not judged.
    package init(
        settings: JudgingSettings = JudgingSettings(), languages: [Language],
        absent: [String: String] = [:]
    ) {
        judge = Judge(settings: settings, languages: languages)
        self.languages = languages
        self.absent = absent
    }

    /// The package's time limit: stated, or computed on `slot` from the examples that must stay
    /// within it, one at a time, alone.
    ///
    /// - Returns: nil when it cannot be computed; then a warning says why. nil without a warning where
    ///   answers are submitted and no programs.
    /// - Throws: as `Judge.judge`.
    package func timeLimit(
        of problem: Problem, on slot: any Slot,
        progress: (@Sendable (VerificationProgress) -> Void)? = nil
    ) async throws(JudgingError) -> (limit: Duration?, warnings: [String]) {
        if problem.timeLimit == nil, problem.runsPrograms,
            case .broken(let why) = try await checkerBesideOthers(of: problem, on: slot)
        {
            return (nil, [why])
        }
        let found = try await limit(of: problem, on: slot, progress: progress)
        return (
            found.limit,
            found.warnings
                + (found.limit == nil && problem.runsPrograms ? [noTimeLimit(problem)] : [])
        )
    }

    /// Why nothing can be judged is said once and before anything is.
    private func checkerBesideOthers(
        of problem: Problem, on slot: any Slot
    ) async throws(JudgingError) -> PreparedChecker {
        if case .broken(let why) = try await judge.grader(of: problem, on: slot) {
            return .broken(why)
        }
        if case .broken(let why) = try await judge.staticValidator(of: problem, on: slot) {
            return .broken(why)
        }
        if case .broken(let why) = try await judge.interactor(of: problem, on: slot) {
            return .broken(why)
        }
        return try await judge.checker(of: problem, for: SourceSet(files: []), on: slot)
    }

    private typealias Measured = (
        limit: Duration?, judged: [(ExampleSubmission, Judgement)], warnings: [String]
    )

    private func limit(
        of problem: Problem, on slot: any Slot,
        progress: (@Sendable (VerificationProgress) -> Void)?
    ) async throws(JudgingError) -> Measured {
        if problem.timeLimit != nil || !problem.runsPrograms { return (problem.timeLimit, [], []) }
        let (judged, warnings) = try await measure(problem, on: slot, progress: progress)
        let uses = TimeMargins(
            limit: .seconds(1), inTime: judged, late: [], tests: problem.tests)
        let hasAccepted = judged.contains { $0.1.verdict == .accepted }
        guard hasAccepted, let slowest = uses.slowest else { return (nil, judged, warnings) }
        let limit = TimeLimitRule.limit(slowest: slowest.cpuTime, rule: problem.limits)
        return (limit, judged, warnings)
    }

    private func noTimeLimit(_ problem: Problem) -> String {
        "problem \(problem.id) has no time limit and no accepted example to compute it from; state "
            + "limits.time_limit in problem.yaml"
    }

    /// Judges every example, as many at a time as there are slots, and compares; tries the package's
    /// own output validators. Where these cannot be made, that is all it says.
    ///
    /// - Parameters:
    ///   - slots: at least one; each is used by one example at a time.
    ///   - progress: called from several tasks at once.
    /// - Throws: as `Judge.judge`.
    package func verify(
        _ problem: Problem, allTests: Bool = false, on slots: [any Slot],
        progress: (@Sendable (VerificationProgress) -> Void)? = nil
    ) async throws(JudgingError) -> Verification {
        guard let first = slots.first else { throw .machine("there is no slot to verify on") }
        let checker: any Checker
        switch try await checkerBesideOthers(of: problem, on: first) {
        case .ready(let ready): checker = ready
        case .broken(let why):
            // Every example would come to this and nothing else.
            return Verification(
                problem: problem.id, timeLimit: problem.timeLimit, faults: [why],
                warnings: problem.warnings)
        }
        let measured = try await limit(of: problem, on: first, progress: progress)
        let plan = try plan(problem)
        var verification = Verification(
            problem: problem.id, timeLimit: measured.limit,
            isComputed: problem.timeLimit == nil && problem.runsPrograms,
            warnings: problem.warnings + plan.warnings + measured.warnings)
        guard measured.limit != nil || !problem.runsPrograms else {
            verification.faults.append(noTimeLimit(problem))
            return verification
        }
        var limited = problem
        limited.timeLimit = measured.limit
        let found = try await ValidatorTrial(problem: limited, checker: checker)
            .findings(on: first)
        verification.faults += found.faults
        verification.warnings += found.warnings

        let judged = try await outcomes(
            of: plan.examples, limited, isMeasured: verification.isComputed, allTests: allTests,
            on: slots, progress: progress)
        verification.submissions = judged
        if let limit = measured.limit {
            let pairs = zip(plan.examples, judged).map { ($0.example, $1.judgement) }
            let inTime = verification.isComputed ? measured.judged : pairs
            verification.margins = TimeMargins(
                limit: limit, inTime: inTime, late: verification.isComputed ? pairs : [],
                tests: problem.tests)
            judgeMargin(of: problem, limit, in: &verification)
        }
        if judged.isEmpty {
            verification.warnings.append("problem \(problem.id) has no example that can be judged")
        }
        return verification
    }

    /// Examples that bound a measured limit from above run alone, as those do that bound it from
    /// below.
    private func outcomes(
        of examples: [PlannedExample], _ problem: Problem, isMeasured: Bool, allTests: Bool,
        on slots: [any Slot], progress: (@Sendable (VerificationProgress) -> Void)?
    ) async throws(JudgingError) -> [ExampleOutcome] {
        func run(
            _ examples: [PlannedExample], all: Bool, on slots: [any Slot]
        ) async throws(JudgingError) -> [ExampleOutcome] {
            try await ExampleRun(
                judge: judge, problem: problem, allTests: all, examples: examples,
                lateAllowance: isMeasured ? problem.limits.timeLimitToTLE : 1, progress: progress
            ).outcomes(on: slots)
        }
        let isAlone = { (planned: PlannedExample) in isMeasured && planned.example.mustBeLate }
        let alone = try await run(
            examples.filter(isAlone), all: true, on: Array(slots.prefix(1)))
        // Those that take longest begin first, so that no slot is left alone with them.
        let others = examples.filter { !isAlone($0) }
        let sorted = others.filter(\.example.mustBeLate) + others.filter { !$0.example.mustBeLate }
        let together = try await run(sorted, all: allTests, on: slots)
        let byPath = Dictionary(
            (alone + together).map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        return examples.compactMap { byPath[$0.example.path] }
    }

    /// The examples that can be judged here, with their languages, and why the others cannot.
    private func plan(
        _ problem: Problem
    ) throws(JudgingError) -> (examples: [PlannedExample], warnings: [String]) {
        var examples: [PlannedExample] = []
        var warnings: [String] = []
        for example in problem.examples {
            let sources = try exampleSources(example, of: problem)
            let language: Language
            do throws(LanguageError) {
                if !problem.runsPrograms {
                    language = .answers
                } else if let wish = example.language {
                    language = try Language.fitting(wish, among: languages)
                } else {
                    language = try Language.detect(files: sources.files, among: languages)
                }
                if let mend = absent[language.id] {
                    throw LanguageError("\(language.name) is not installed here; \(mend)")
                }
            } catch {
                warnings.append("\(example.path): not judged: \(error)")
                continue
            }
            do {
                try sources.admit(to: problem, in: language)
            } catch {
                warnings.append("\(example.path): not judged: \(error)")
                continue
            }
            examples.append(
                PlannedExample(example: example, language: language, sources: sources))
        }
        return (examples, warnings)
    }

    /// Judges the examples that bound the time limit from below, one at a time, alone, and without a
    /// limit that they could break; each compared with what it expects of the tests that count.
    private func measure(
        _ problem: Problem, on slot: any Slot,
        progress: (@Sendable (VerificationProgress) -> Void)?
    ) async throws(JudgingError) -> (judged: [(ExampleSubmission, Judgement)], warnings: [String]) {
        var unlimited = problem
        unlimited.timeLimit = judge.settings.measuringLimit
        let examples = try plan(problem).examples.filter(\.example.mustBeInTime).map { planned in
            var planned = planned
            planned.example.expectations.removeAll { $0.bound != .lower }
            return planned
        }
        let run = ExampleRun(
            judge: judge, problem: unlimited, allTests: problem.isStrict, examples: examples,
            lateAllowance: 1, progress: progress)
        let outcomes = try await run.outcomes(on: [slot])
        let warnings = outcomes.filter { !$0.ok }.map {
            "\($0.path): its time is left out of the time limit: \($0.judgement.verdict.name)"
        }
        let judged = zip(examples, outcomes).filter { $1.ok }
            .map { ($0.example, $1.judgement) }
        return (judged, warnings)
    }

    /// Says so when examples are too near the limit: from 2023-07 on it is a mistake of the package
    /// that no limit fits; else, and where the package states its limit, a warning.
    private func judgeMargin(
        of problem: Problem, _ limit: Duration, in verification: inout Verification
    ) {
        let rule = problem.limits
        if problem.timeLimit != nil, let use = verification.margins.slowest,
            use.ratio < rule.acToTimeLimit
        {
            verification.warnings.append(
                "\(use.path): used \(use.cpuTime.secondsText) on \(use.test), more than the time "
                    + "limit of \(limit.secondsText) divided by \(rule.acToTimeLimit)")
        }
        guard let use = verification.margins.fastest, use.isWhole,
            use.ratio < rule.timeLimitToTLE
        else { return }
        let sentence =
            "\(use.path): used \(use.cpuTime.secondsText) on \(use.test), less than the time limit "
            + "of \(limit.secondsText) times \(rule.timeLimitToTLE)"
        if problem.isStrict {
            verification.faults.append("\(sentence), so that no time limit fits")
        } else {
            verification.warnings.append(sentence)
        }
    }
}

/// The part of a path after its last slash.
func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}
