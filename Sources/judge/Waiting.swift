import Glibc
import JudgeCore
import Store
import UnixSignals

/// Whether whoever started the process has it ignore the end of its terminal (nohup). Asked for before the
/// first signal is trapped.
let isHangUpIgnored: Bool = {
    var action = sigaction()
    return sigaction(SIGHUP, nil, &action) == 0
        && unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
}()

/// What asks the process to end.
private let endingSignals: [UnixSignal] =
    [.sigint, .sigterm] + (isHangUpIgnored ? [] : [.sighup])

/// Does `work`, and cancels it when the user, a terminal that closes or the system asks the process to
/// end.
///
/// - Parameter ending: what ends it; nil: all that end a command.
/// - Throws: `CommandFailure` with the exit code of an interruption, after `work` has ended.
func untilInterrupted<Value: Sendable>(
    by ending: [UnixSignal]? = nil,
    _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        let signals = await UnixSignalsSequence(trapping: ending ?? endingSignals)
        group.addTask {
            for await _ in signals { break }
            return nil
        }
        group.addTask { try await work() }
        let first = try await group.next()
        group.cancelAll()
        if let value = first.flatMap(\.self) { return value }
        switch await group.nextResult() {
        case .success(let value?): return value
        case .failure(let failure as CommandFailure): throw failure
        case .success(nil), .failure, nil: throw CommandFailure(.interrupted, "interrupted")
        }
    }
}

extension JobStore {
    /// The record of a submission as soon as it waits for nothing more; told step by step until then.
    func settled(_ id: Int64, progress: Progress) async throws -> SubmissionRecord {
        for await _ in try changes() {
            let record = try await record(of: id)
            guard !record.isSettled else {
                progress.clear()
                return record
            }
            let newest = try await knownTests(of: record).last.map {
                ", \($0.name) \($0.verdict.rawValue)"
            }
            progress.show(
                "submission \(id): \(JudgementDocument(record).stateText)\(newest ?? "")")
        }
        throw CommandFailure(.interrupted, "interrupted while submission \(id) was not judged yet")
    }
}
