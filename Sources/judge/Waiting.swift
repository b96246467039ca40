import Store
import UnixSignals

/// Does `work`, and cancels it when the user or the system asks the process to end.
///
/// - Throws: `CommandFailure` with the exit code of an interruption, after `work` has ended.
func untilInterrupted<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
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
            progress.show("submission \(id): \(JudgementDocument(record).stateText)")
        }
        throw CommandFailure(.interrupted, "interrupted while submission \(id) was not judged yet")
    }
}
