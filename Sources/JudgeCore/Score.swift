/// Makes one judgement of many test results.
package enum Score {
    /// The judgement of a submission.
    ///
    /// The groups' rules decide the verdict; a judge error anywhere is never hidden by another
    /// verdict. Times and memory are the highest of all tests that were run, which may be more than
    /// the rules ask for.
    /// - Parameters:
    ///   - results: by index of the test, nil where it was not run; at least one was.
    ///   - scoring: nil for a pass-fail problem, which gives no scores.
    ///   - graders: what the package's own grader said of groups, by their names.
    ///   - failure: why it could not be asked to the end: a judge error.
    ///   - compile: nil where there was nothing to compile.
    package static func judgement(
        of results: [TestResult?], in group: TestGroup, scoring: Objective? = nil,
        graders: [String: Grade] = [:], failure: Reason? = nil, compile: CompileResult?
    ) -> Judgement {
        var graded = results
        var walk = GradingWalk(group, graders: graders)
        var grade: Grade
        var reason = failure
        do throws(GradingError) {
            while let index = try walk.next() {
                guard let result = results[index] else { break }
                let score = try walk.take(result.verdict, given: result.given)
                if scoring != nil { graded[index]?.score = score }
            }
            grade = walk.grade ?? Grade(.judgeError, 0)
        } catch {
            grade = Grade(.judgeError, 0)
            reason = Reason(.badPackage, error.description)
        }
        let tests = graded.compactMap(\.self)
        if let broken = tests.first(where: { $0.verdict == .judgeError }) {
            grade = Grade(.judgeError, 0)
            reason = broken.reason
        }
        reason = reason ?? tests.first { $0.verdict == grade.verdict }?.reason
        if reason == nil, grade.verdict != .judgeError {
            // No test has this verdict.
            reason = Reason(.graderVerdict, "the package's grader says \(grade.verdict.rawValue)")
        }
        return Judgement(
            verdict: grade.verdict, score: scoring.flatMap { $0.score(of: grade) },
            reason: grade.verdict == .accepted ? nil : reason,
            cpuTime: tests.map(\.cpuTime).max(), wallTime: tests.map(\.wallTime).max(),
            memoryPeak: tests.map(\.memoryPeak).max(), compile: compile, tests: tests)
    }
}

/// What a scoring problem's submissions are to reach.
package enum Objective: String, Sendable, Equatable {
    case max, min

    /// nil when there is none: for a judge error, and where low scores are good and nothing was
    /// accepted.
    func score(of grade: Grade) -> Double? {
        if grade.verdict == .accepted { return grade.score }
        return self == .max && grade.verdict != .judgeError ? 0 : nil
    }
}
