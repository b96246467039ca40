package import JudgeCore
package import Store

/// Judges one submission at a time in each slot.
package protocol SubmissionJudge: Sendable {
    /// Decides likewise, and takes nothing of what this one, or another before it, has made: it compiles
    /// all anew.
    var anew: any SubmissionJudge { get }

    /// Decides about a submission.
    ///
    /// The worker cancels the task when it stops or has lost the lease; then this returns or throws
    /// as soon as nothing of the submission runs any more.
    ///
    /// - Parameters:
    ///   - problem: the version that the submission came for.
    ///   - slot: 0 up to the number of slots; no other call uses it meanwhile.
    ///   - loans: lends further slots, all of which are given back when this returns; nil: none.
    ///   - progress: to be called with tests judged and tests in all; returns at once.
    ///   - judged: to be called with each test's result before it is counted; returns at once.
    /// - Throws: what is the judge's or the machine's fault; its description is stored as the cause
    ///   and the submission is judged again.
    func judge(
        _ submission: Submission, problem: InstalledProblem, slot: Int, loans: Loans?,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void,
        judged: @escaping @Sendable (TestResult) -> Void
    ) async throws -> Judgement
}
