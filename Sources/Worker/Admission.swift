package import Store

/// What a worker found of its machine and of its sandbox, before its first claim.
package struct WorkerCheck: Sendable, Equatable {
    /// One sentence for each thing that must hold and does not; none when it may judge.
    package var faults: [String]
    /// All that was found, as JSON.
    package var document: String

    package init(faults: [String], document: String) {
        self.faults = faults
        self.document = document
    }
}

/// A worker that may not judge, because of its machine.
package struct WorkerRefused: Error, Sendable, Equatable {
    /// One sentence each: what does not hold, why that matters, and what mends it.
    package var faults: [String]

    package init(faults: [String]) {
        self.faults = faults
    }
}

/// Whether a worker may begin.
package enum Admission {
    /// Stores what was found, whatever it is.
    /// - Returns: the id of what was stored, for `WorkerSettings.hostCheck`.
    /// - Throws: `StoreError`, or `WorkerRefused` when something does not hold.
    package static func admit(
        _ check: WorkerCheck, worker: String, to store: any JobStore
    ) async throws -> Int64 {
        let id = try await store.addHostCheck(
            NewHostCheck(worker: worker, holds: check.faults.isEmpty, document: check.document))
        guard check.faults.isEmpty else { throw WorkerRefused(faults: check.faults) }
        return id
    }
}
