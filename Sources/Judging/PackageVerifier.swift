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
    package var ok: Bool
}

/// All that `judge problem verify` says of a package.
package struct Verification: Sendable, Equatable {
    package var problem: String
    /// Stated or computed; nil when it could not be computed.
    package var timeLimit: Duration?
    package var ok: Bool
    /// Those of the package and those of the examples, one sentence each.
    package var warnings: [String]
    /// In the package's order.
    package var submissions: [ExampleOutcome]
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

    /// - Parameter languages: those that examples may be written in, as judge.conf has them.
    package init(settings: JudgingSettings = JudgingSettings(), languages: [Language]) {
        judge = Judge(settings: settings, languages: languages)
        self.languages = languages
    }

    /// The package's time limit: stated, or computed on `slot` from the examples that must stay
    /// within it, one at a time, alone.
    ///
    /// - Returns: nil when it cannot be computed; then a warning says why.
    /// - Throws: as `Judge.judge`.
    package func timeLimit(
        of problem: Problem, on slot: any Slot,
        progress: (@Sendable (VerificationProgress) -> Void)? = nil
    ) async throws(JudgingError) -> (limit: Duration?, warnings: [String]) {
        if let stated = problem.timeLimit { return (stated, []) }
        let measured = try await measure(problem, on: slot, progress: progress)
        guard let slowest = measured.slowest else {
            return (
                nil,
                measured.warnings + [
                    "problem \(problem.id) has no time limit and no accepted example to compute "
                        + "it from; state limits.time_limit in problem.yaml"
                ]
            )
        }
        return (TimeLimitRule.limit(slowest: slowest, rule: problem.limits), measured.warnings)
    }

    /// Judges every example, as many at a time as there are slots, and compares.
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
        let found = try await timeLimit(of: problem, on: first, progress: progress)
        let plan = try plan(problem)
        var verification = Verification(
            problem: problem.id, timeLimit: found.limit, ok: false,
            warnings: problem.warnings + plan.warnings + found.warnings, submissions: [])
        guard let limit = found.limit else { return verification }

        var limited = problem
        limited.timeLimit = limit
        let run = ExampleRun(
            judge: judge, problem: limited, allTests: allTests, examples: plan.examples,
            lateAllowance: problem.timeLimit == nil ? problem.limits.timeLimitToTLE : 1,
            progress: progress)
        let outcomes = try await run.outcomes(on: slots)
        verification.submissions = outcomes
        verification.warnings += outcomes.compactMap {
            marginWarning($0, limit: limit, rule: problem)
        }
        if outcomes.isEmpty {
            verification.warnings.append("problem \(problem.id) has no example that can be judged")
        }
        verification.ok = outcomes.allSatisfy(\.ok)
        return verification
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
                if let wish = example.language {
                    language = try Language.fitting(wish, among: languages)
                } else {
                    language = try Language.detect(files: sources.files, among: languages)
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

    /// The most CPU time that an example which must stay within the limit used on one test.
    ///
    /// Accepted ones decide in every format; from 2023-07 on also those that must be wrong or
    /// crash without being too slow.
    private func measure(
        _ problem: Problem, on slot: any Slot,
        progress: (@Sendable (VerificationProgress) -> Void)?
    ) async throws(JudgingError) -> (slowest: Duration?, warnings: [String]) {
        var unlimited = problem
        unlimited.timeLimit = judge.settings.measuringLimit
        let examples = try plan(problem).examples.filter { planned in
            planned.example.expected == [.accepted]
                || problem.isStrict && planned.example.mustNotBeLate
        }
        let run = ExampleRun(
            judge: judge, problem: unlimited, allTests: false, examples: examples,
            lateAllowance: 1, progress: progress)
        let outcomes = try await run.outcomes(on: [slot])
        let times = outcomes.filter(\.ok).compactMap(\.judgement.cpuTime)
        let hasAccepted = outcomes.contains { $0.ok && $0.judgement.verdict == .accepted }
        let warnings = outcomes.filter { !$0.ok }.map {
            "\($0.path): its time is left out of the time limit: \($0.judgement.verdict.name)"
        }
        return (hasAccepted ? times.max() : nil, warnings)
    }

    /// Says so when a too slow example is only a little too slow.
    private func marginWarning(
        _ outcome: ExampleOutcome, limit: Duration, rule problem: Problem
    ) -> String? {
        guard problem.timeLimit == nil, outcome.judgement.verdict == .timeLimit,
            outcome.judgement.reason?.code == .cpuTime, let used = outcome.judgement.cpuTime,
            used < limit * problem.limits.timeLimitToTLE
        else { return nil }
        return "\(outcome.path): used \(used.secondsText), less than the time limit of "
            + "\(limit.secondsText) times \(problem.limits.timeLimitToTLE)"
    }
}

/// The part of a path after its last slash.
func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}
