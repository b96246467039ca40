/// What a judging says of a submission or of one test, in the ICPC's ids.
package enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    case accepted = "AC"
    case wrongAnswer = "WA"
    case timeLimit = "TLE"
    case runTimeError = "RTE"
    case memoryLimit = "MLE"
    case outputLimit = "OLE"
    case compilerError = "CE"
    /// Ours or the package author's fault, never the submitter's.
    case judgeError = "JE"
    case cancelled = "CS"

    /// In words, for people.
    package var name: String {
        switch self {
        case .accepted: "accepted"
        case .wrongAnswer: "wrong answer"
        case .timeLimit: "time limit exceeded"
        case .runTimeError: "run-time error"
        case .memoryLimit: "memory limit exceeded"
        case .outputLimit: "output limit exceeded"
        case .compilerError: "compiler error"
        case .judgeError: "judge error"
        case .cancelled: "cancelled"
        }
    }
}

/// Why a verdict is what it is: a stable code and one sentence with the numbers.
package struct Reason: Sendable, Hashable {
    package var code: ReasonCode
    package var text: String

    package init(_ code: ReasonCode, _ text: String) {
        self.code = code
        self.text = text
    }
}

/// Stable codes: scripts compare them, so a code is never renamed.
package enum ReasonCode: String, Sendable, Hashable, CaseIterable {
    case cpuTime = "cpu-time"
    case wallTime = "wall-time"
    case idle
    case exitCode = "exit-code"
    case signal
    case memoryLimit = "memory-limit"
    case outputLimit = "output-limit"
    case processLimit = "process-limit"
    case filteredCall = "filtered-call"
    case execFailed = "exec-failed"
    case wrongOutput = "wrong-output"
    case sourceRejected = "source-rejected"
    case compilerFailed = "compiler-failed"
    case compileTimeLimit = "compile-time-limit"
    case compileMemoryLimit = "compile-memory-limit"
    case compileOutputLimit = "compile-output-limit"
    case graderVerdict = "grader-verdict"
    case checkerCrashed = "checker-crashed"
    case graderCrashed = "grader-crashed"
    case badPackage = "bad-package"
    case sandboxFailed = "sandbox-failed"
    case attemptsExhausted = "attempts-exhausted"
    case cancelled
}
