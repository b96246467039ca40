import GRDB
package import JudgeCore
import Units

extension SQLiteStore: OutputStore {
    /// Judgements in one step of `prune`: a transaction of some milliseconds.
    private static let pruneStep = 200

    package func keptOutputs(of submission: Int64) async throws(StoreError) -> [StoredOutput] {
        try await read("list what is kept of outputs") { db, _ in
            let judgement = try Self.newestJudgement(db, of: submission)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT test.name, kept.stream, kept.size_bytes, kept.stored_bytes,
                        kept.head_bytes + kept.tail_bytes AS kept_bytes
                    FROM kept_output AS kept JOIN judgement_test AS test
                        ON test.judgement_id = kept.judgement_id AND test.position = kept.position
                    WHERE kept.judgement_id = ? ORDER BY kept.position, kept.id
                    """,
                arguments: [judgement]
            ).map { row in
                StoredOutput(
                    test: row["name"], stream: try row.word("stream"),
                    size: row.size("size_bytes") ?? .zero, kept: row.size("kept_bytes") ?? .zero,
                    stored: row.size("stored_bytes") ?? .zero)
            }
        }
    }

    package func keptOutput(
        of submission: Int64, test: String, stream: KeptOutput.Stream
    ) async throws(StoreError) -> KeptOutput? {
        try await read("read a kept output") { db, _ in
            let judgement = try Self.newestJudgement(db, of: submission)
            return try Row.fetchOne(
                db,
                sql: """
                    SELECT kept.* FROM kept_output AS kept JOIN judgement_test AS test
                        ON test.judgement_id = kept.judgement_id AND test.position = kept.position
                    WHERE kept.judgement_id = ? AND test.name = ? AND kept.stream = ?
                    """,
                arguments: [judgement, test, stream.rawValue]
            ).map { try KeptOutput($0, stream) }
        }
    }

    package func prunable(olderThan age: Duration) async throws(StoreError) -> PrunedOutputs {
        try await read("look for old outputs") { db, now in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT count(*) AS outputs, count(DISTINCT judgement_id) AS judgements,
                        coalesce(sum(stored_bytes), 0) AS stored
                    FROM kept_output JOIN judgement ON judgement.id = judgement_id
                    WHERE judged_at_ms < ?
                    """,
                arguments: [now.millisecondsSince1970 - age.wholeMilliseconds])
            return row.map(PrunedOutputs.init) ?? PrunedOutputs()
        }
    }

    package func prune(olderThan age: Duration) async throws(StoreError) -> PrunedOutputs {
        var pruned = PrunedOutputs()
        while !Task.isCancelled {
            let step = try await pruneStep(olderThan: age)
            guard step.judgements > 0 else { return pruned }
            pruned.outputs += step.outputs
            pruned.judgements += step.judgements
            pruned.stored = ByteCount(pruned.stored.bytes + step.stored.bytes)
        }
        return pruned
    }

    private func pruneStep(olderThan age: Duration) async throws(StoreError) -> PrunedOutputs {
        try await write("prune old outputs", audible: false) { [audit] db, now in
            let judgements = try Int64.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT judgement_id
                    FROM kept_output JOIN judgement ON judgement.id = judgement_id
                    WHERE judged_at_ms < ? ORDER BY judgement_id LIMIT \(Self.pruneStep)
                    """,
                arguments: [now.millisecondsSince1970 - age.wholeMilliseconds])
            var pruned = PrunedOutputs(judgements: judgements.count)
            var stored: Int64 = 0
            for judgement in judgements {
                let sizes = try Int64.fetchAll(
                    db,
                    sql: "DELETE FROM kept_output WHERE judgement_id = ? RETURNING stored_bytes",
                    arguments: [judgement])
                pruned.outputs += sizes.count
                stored += sizes.reduce(0, +)
            }
            pruned.stored = ByteCount(stored)
            guard let first = judgements.first, let last = judgements.last else { return pruned }
            try audit.add(
                db, now, .prune, "outputs",
                detail: "\(pruned.outputs) of \(judgements.count) judgements, "
                    + "\(first) to \(last)")
            return pruned
        }
    }

    /// nil while there is none.
    private static func newestJudgement(_ db: Database, of submission: Int64) throws -> Int64? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT (SELECT max(id) FROM judgement WHERE submission_id = submission.id) AS newest
                FROM submission WHERE id = ?
                """,
            arguments: [submission])
        guard let row else { throw StoreError.noSuchSubmission(id: submission) }
        return row["newest"]
    }
}

extension PrunedOutputs {
    fileprivate init(_ row: Row) {
        self.init(
            outputs: row["outputs"], judgements: row["judgements"],
            stored: row.size("stored") ?? .zero)
    }
}

// MARK: - Rows

extension KeptOutput {
    init(_ row: Row, _ stream: Stream) throws {
        let (head, tail): (Int, Int) = (row["head_bytes"], row["tail_bytes"])
        let blob: Blob = row["packed"]
        let size = head.addingReportingOverflow(tail)
        let bytes = try Packed.unpack(blob.bytes, size: size.overflow ? -1 : size.partialValue)
        self.init(
            stream: stream, head: Array(bytes.prefix(head)), tail: Array(bytes.suffix(tail)),
            size: row.size("size_bytes") ?? .zero)
    }

    func insert(_ db: Database, at position: Int, of judgement: Int64) throws {
        try Self.insert(
            db, head: head, tail: tail, size: size, as: stream.rawValue, at: position,
            of: judgement)
    }

    fileprivate static func insert(
        _ db: Database, head: [UInt8], tail: [UInt8], size: ByteCount, as stream: String,
        at position: Int, of judgement: Int64
    ) throws {
        let packed = try Packed.pack(head + tail)
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO kept_output
                (judgement_id, position, stream, size_bytes, head_bytes, tail_bytes, stored_bytes,
                 packed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            judgement, position, stream, size.bytes, head.count, tail.count, packed.count,
            Blob(packed),
        ])
    }
}

/// What compilers said, which is kept where outputs are.
enum CompilerMessages {
    private static let stream = "compiler"
    private static let position = -1

    static func insert(_ db: Database, _ text: String, of judgement: Int64) throws {
        guard !text.isEmpty else { return }
        let bytes = Array(text.stored(StoredSize.compilerOutput).utf8)
        try KeptOutput.insert(
            db, head: bytes, tail: [], size: ByteCount(Int64(bytes.count)), as: stream,
            at: position, of: judgement)
    }

    /// nil where there were none, where they were pruned, and in judgements of former versions.
    static func stored(_ db: Database, ofJudgement judgement: Int64) throws -> String? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT head_bytes, packed FROM kept_output
                WHERE judgement_id = ? AND position = ? AND stream = ?
                """,
            arguments: [judgement, position, stream])
        guard let row else { return nil }
        let blob: Blob = row["packed"]
        return String(
            decoding: try Packed.unpack(blob.bytes, size: row["head_bytes"]), as: UTF8.self)
    }
}
