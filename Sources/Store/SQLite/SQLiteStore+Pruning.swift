import GRDB
import JudgeCore
import Units

/// How much one step of `prune` takes away: a transaction of some milliseconds, whose log finds room on
/// a disk that is nearly full.
private enum PruneStep {
    static let judgements = 200
    /// A single judgement may have more.
    static let stored = ByteCount.mebibytes(8)
}

extension SQLiteStore: OutputStore {
    package func prunable(olderThan age: Duration) async throws(StoreError) -> PrunedOutputs {
        try await read("look for old outputs") { db, now in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT coalesce(sum(outputs), 0) AS outputs, coalesce(sum(stored), 0) AS stored,
                        coalesce(sum(messages), 0) AS messages, count(*) AS judgements
                    FROM (
                        SELECT (SELECT count(*) FROM kept_output
                                WHERE judgement_id = judgement.id)
                                + (\(SQLText.hasFormerMessages)) AS outputs,
                            (SELECT coalesce(sum(stored_bytes), 0) FROM kept_output
                                WHERE judgement_id = judgement.id)
                                + \(SQLText.formerMessageSize) AS stored,
                            (SELECT count(*) FROM test_message
                                WHERE judgement_id = judgement.id) AS messages
                        FROM judgement WHERE judged_at_ms < ?)
                    WHERE outputs > 0 OR messages > 0
                    """,
                arguments: [now.millisecondsSince1970 - age.wholeMilliseconds])
            return row.map(PrunedOutputs.init) ?? PrunedOutputs()
        }
    }

    package func prune(olderThan age: Duration) async throws(StoreError) -> PrunedOutputs {
        var pruned = PrunedOutputs()
        var last: Int64 = 0
        while !Task.isCancelled {
            let judgements = try await prunableJudgements(olderThan: age, after: last)
            guard let newest = judgements.last else { return pruned }
            let step = try await prune(judgements)
            last = newest
            pruned.outputs += step.outputs
            pruned.messages += step.messages
            pruned.judgements += step.judgements
            pruned.stored = ByteCount(pruned.stored.bytes + step.stored.bytes)
        }
        return pruned
    }

    /// What the next step takes away, looked for without the lock that writers wait for.
    private func prunableJudgements(
        olderThan age: Duration, after last: Int64
    ) async throws(StoreError) -> [Int64] {
        try await read("look for old outputs") { db, now in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, (SELECT coalesce(sum(stored_bytes), 0) FROM kept_output
                            WHERE judgement_id = judgement.id)
                        + (SELECT coalesce(sum(length(checker) + length(team)), 0) FROM test_message
                            WHERE judgement_id = judgement.id)
                        + \(SQLText.formerMessageSize) AS stored
                    FROM judgement WHERE id > ? AND judged_at_ms < ?
                    AND (EXISTS (SELECT 1 FROM kept_output WHERE judgement_id = judgement.id)
                        OR EXISTS (SELECT 1 FROM test_message WHERE judgement_id = judgement.id)
                        OR \(SQLText.hasFormerMessages))
                    ORDER BY id LIMIT \(PruneStep.judgements)
                    """,
                arguments: [last, now.millisecondsSince1970 - age.wholeMilliseconds])
            var step: [Int64] = []
            var stored: Int64 = 0
            while let row = try rows.next() {
                let size: Int64 = row["stored"]
                let fits = stored + size <= PruneStep.stored.bytes
                guard fits || step.isEmpty else { break }
                step.append(row["id"])
                stored += size
            }
            return step
        }
    }

    private func prune(_ judgements: [Int64]) async throws(StoreError) -> PrunedOutputs {
        try await write("prune old outputs", audible: false) { [audit] db, now in
            // Another may have pruned some meanwhile: what it took is its own to tell.
            var taken: [Int64] = []
            var pruned = PrunedOutputs()
            for judgement in judgements {
                guard let step = try Self.prune(db, now, judgement) else { continue }
                taken.append(judgement)
                pruned.outputs += step.outputs
                pruned.messages += step.messages
                pruned.stored = ByteCount(pruned.stored.bytes + step.stored.bytes)
            }
            pruned.judgements = taken.count
            guard let first = taken.first, let last = taken.last else { return pruned }
            try audit.add(
                db, now, .prune, "outputs",
                detail: "\(pruned.outputs) and \(pruned.messages) messages of "
                    + "\(taken.count) judgements, \(first) to \(last)")
            return pruned
        }
    }

    /// nil when there is nothing to take away.
    private static func prune(
        _ db: Database, _ now: Instant, _ judgement: Int64
    ) throws -> PrunedOutputs? {
        var sizes = try Int64.fetchAll(
            db, sql: "DELETE FROM kept_output WHERE judgement_id = ? RETURNING stored_bytes",
            arguments: [judgement])
        try db.execute(
            sql: "DELETE FROM test_message WHERE judgement_id = ?", arguments: [judgement])
        let messages = db.changesCount
        sizes += try Int64.fetchAll(
            db,
            sql: """
                SELECT \(SQLText.formerMessageSize) FROM judgement
                WHERE id = ? AND \(SQLText.hasFormerMessages)
                """,
            arguments: [judgement])
        guard !sizes.isEmpty || messages > 0 else { return nil }
        try db.execute(
            sql: "UPDATE judgement SET pruned_at_ms = ?, compile_output = NULL WHERE id = ?",
            arguments: [now.millisecondsSince1970, judgement])
        return PrunedOutputs(
            outputs: sizes.count, messages: messages, judgements: 1,
            stored: ByteCount(sizes.reduce(0, +)))
    }
}

extension PrunedOutputs {
    fileprivate init(_ row: Row) {
        self.init(
            outputs: row["outputs"], messages: row["messages"], judgements: row["judgements"],
            stored: row.size("stored") ?? .zero)
    }
}
