import ArgumentParser
import Configuration
import Glibc
import JudgeCore
import Judging
import Problems
import Sandboxing
import Store

/// The exit codes of INTERFACE; 64 is the argument parser's.
enum ExitStatus: Int32 {
    /// Not accepted, or a check that did not hold.
    case no = 1
    case badInput = 65
    case unavailable = 69
    case broken = 70
    case tryLater = 75
    /// Of `sandbox run`: nothing was run.
    case notRun = 125
    /// Ended by the user, as a shell counts SIGINT.
    case interrupted = 130
}

/// Why a command ends before it is done: one sentence and the exit code.
struct CommandFailure: Error {
    var status: ExitStatus
    var text: String

    init(_ status: ExitStatus, _ text: String) {
        self.status = status
        self.text = text
    }

    /// What the rooms throw, with the exit code of whose turn it is; nil for what the argument
    /// parser throws.
    init?(_ error: any Error) {
        switch error {
        case let error as CommandFailure: self = error
        case let error as StoreError: self.init(error.status, "\(error)")
        case let error as JudgingError: self.init(error.status, "\(error)")
        case let error as SandboxError: self.init(.unavailable, "\(error)")
        case let error as ProblemsError: self.init(error.status, "\(error)")
        case is ConfigurationError, is LanguageError:
            self.init(.badInput, "\(error)")
        case is ExitCode, is CleanExit, is ValidationError: return nil
        default:
            // The parser's own errors are of a type that it does not show.
            guard JudgeCommand.exitCode(for: error) == .failure else { return nil }
            self.init(.broken, "\(error)")
        }
    }
}

extension StoreError {
    fileprivate var status: ExitStatus {
        switch fault {
        case .input: .badInput
        case .unavailable: .unavailable
        case .temporary: .tryLater
        case .broken: .broken
        }
    }
}

extension ProblemsError {
    /// As the store tells a full disk from one that may not be written.
    fileprivate var status: ExitStatus {
        switch writeError {
        case nil: .badInput
        case ENOSPC, EDQUOT: .tryLater
        default: .unavailable
        }
    }
}

extension JudgingError {
    fileprivate var status: ExitStatus {
        switch self {
        case .refused: .badInput
        case .machine: .broken
        case .cancelled: .interrupted
        }
    }
}
