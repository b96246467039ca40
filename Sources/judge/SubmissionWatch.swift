import JudgeCore
import Store

/// Tells what is new of submissions since it was last asked.
struct SubmissionWatch {
    /// A submission that is not what it was.
    struct Change {
        var record: SubmissionRecord
        /// Tests that were not told of before in this attempt, as far as they are known.
        var newTests: [TestResult]
    }

    private struct Seen: Equatable {
        var state: JobState
        var attempt: Int?
        var judgedAt: Instant?
        var progress: JudgingProgress?
    }

    private var seen: [Int64: Seen] = [:]
    private var told: [Int64: Set<String>] = [:]

    /// What changed among `records`, the oldest first; all of them at the first time.
    ///
    /// - Parameter tests: of a submission, those that are known now; asked only for what changed while
    ///   it was watched.
    mutating func changes(
        among records: [SubmissionRecord],
        tests: (SubmissionRecord) async throws -> [TestResult]
    ) async throws -> [Change] {
        var changes: [Change] = []
        for record in records.reversed() {
            let now = Seen(
                state: record.state, attempt: record.attempt, judgedAt: record.judgedAt,
                progress: record.progress)
            let before = seen.updateValue(now, forKey: record.id)
            guard before != now else { continue }
            // What is settled when it is first seen was not judged under our eyes.
            let isNews = before != nil || !record.isSettled
            if before?.attempt != record.attempt { told[record.id] = [] }
            var fresh = isNews ? try await tests(record) : []
            fresh.removeAll { told[record.id, default: []].contains($0.name) }
            told[record.id, default: []].formUnion(fresh.map(\.name))
            changes.append(Change(record: record, newTests: fresh))
        }
        forget(all: Set(records.map(\.id)))
        return changes
    }

    /// What is no longer among the watched takes no memory.
    private mutating func forget(all but: Set<Int64>) {
        seen = seen.filter { but.contains($0.key) }
        told = told.filter { but.contains($0.key) && seen[$0.key]?.state == .running }
    }
}

extension JobStore {
    /// The tests of a submission that are known now: its judgement's, or those of the job that runs.
    func knownTests(of record: SubmissionRecord) async throws -> [TestResult] {
        switch record.state {
        case .queued: []
        case .running: try await runningTests(of: [record.id])[record.id] ?? []
        case .done, .dead, .cancelled: try await self.record(of: record.id).judgement?.tests ?? []
        }
    }
}
