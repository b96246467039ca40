/// Why there is no judgement. A submitter's fault is never among these: it is a verdict.
package enum JudgingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The submission may not be judged for this problem at all: empty, too long, wrong language.
    case refused(String)
    /// The sandbox or the machine failed; trying again may help.
    case machine(String)
    /// The task was cancelled.
    case cancelled

    package var description: String {
        switch self {
        case .refused(let why), .machine(let why): why
        case .cancelled: "the judging was cancelled"
        }
    }
}
