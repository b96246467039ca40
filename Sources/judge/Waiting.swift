import Glibc
import JudgeCore
import Store
import UnixSignals

/// What asks the process to end. A SIGHUP that whoever started the process has it ignore (nohup) is
/// ignored on.
private let endingSignals: [UnixSignal] = {
    var action = sigaction()
    let isIgnored =
        sigaction(SIGHUP, nil, &action) == 0
        && unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    return [.sigint, .sigterm] + (isIgnored ? [] : [.sighup])
}()

/// Does `work`, and cancels it when the user, a terminal that closes or the system asks the process to
/// end.
///
/// - Throws: `CommandFailure` with the exit code of an interruption, after `work` has ended.
func untilInterrupted<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        let signals = await UnixSignalsSequence(trapping: endingSignals)
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
