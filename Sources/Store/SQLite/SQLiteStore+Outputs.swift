import GRDB
package import JudgeCore
import Units

extension SQLiteStore {
    package func keptOutputs(of submission: Int64) async throws(StoreError) -> [StoredOutput] {
        try await read("list what is kept of outputs") { db, _ in
            let judgement = try Self.countingJudgement(db, of: submission)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT test.name, kept.stream, kept.size_bytes, kept.stored_bytes,
                        kept.head_bytes + kept.tail_bytes AS kept_bytes
                    FROM kept_output AS kept JOIN judgement_test AS test
                        ON test.judgement_id = kept.judgement_id AND test.position = kept.position
                    WHERE kept.judgement_id = ? AND kept.stream <> ?
                    ORDER BY kept.position, kept.id
                    """,
                arguments: [judgement, StoredTranscript.stream]
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
            let judgement = try Self.countingJudgement(db, of: submission)
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

    /// The one whose verdict is shown; nil while there is none.
    private static func countingJudgement(_ db: Database, of submission: Int64) throws -> Int64? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT \(SQLText.countingJudgement) AS judgement FROM submission WHERE id = ?
                """,
            arguments: [submission])
        guard let row else { throw StoreError.noSuchSubmission(id: submission) }
        return row["judgement"]
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

/// What was said in conversations, which is kept where outputs are.
enum StoredTranscript {
    static let stream = "transcript"

    /// - Parameter encoded: as `Transcript` encodes it; nothing is stored of an empty one.
    static func insert(
        _ db: Database, _ encoded: String, at position: Int, of judgement: Int64
    ) throws {
        guard !encoded.isEmpty else { return }
        let bytes = Array(encoded.stored(StoredSize.transcript).utf8)
        try KeptOutput.insert(
            db, head: bytes, tail: [], size: ByteCount(Int64(bytes.count)), as: stream,
            at: position, of: judgement)
    }

    /// By the positions of the tests.
    static func all(_ db: Database, ofJudgement judgement: Int64) throws -> [Int: Transcript] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT position, head_bytes, packed FROM kept_output
                WHERE judgement_id = ? AND stream = ?
                """,
            arguments: [judgement, stream])
        var transcripts: [Int: Transcript] = [:]
        for row in rows {
            let blob: Blob = row["packed"]
            let text = try Packed.unpack(blob.bytes, size: row["head_bytes"])
            transcripts[row["position"]] = Transcript(
                encoded: String(decoding: text, as: UTF8.self))
        }
        return transcripts
    }
}
