/// Makes one judgement of many test results.
package enum Score {
    /// Pass-fail: accepted when every test is, else the verdict of the first that is not; a judge
    /// error anywhere is never hidden by another verdict. Times and memory are the highest of all.
    ///
    /// `tests` are in judging order, at least one.
    package static func judgement(of tests: [TestResult], compile: CompileResult) -> Judgement {
        let decisive =
            tests.first { $0.verdict == .judgeError } ?? tests.first { $0.verdict != .accepted }
        return Judgement(
            verdict: decisive?.verdict ?? .accepted, reason: decisive?.reason,
            cpuTime: tests.map(\.cpuTime).max(), wallTime: tests.map(\.wallTime).max(),
            memoryPeak: tests.map(\.memoryPeak).max(), compile: compile, tests: tests)
    }
}
