import GRDB

/// What checkers and conversations say, apart from the rows that views scan, so that it can be taken away by
/// age as outputs are.
let migration0013Messages = Migration(number: 13) { db in
    try db.execute(sql: messageTable)
    let said = try Row.fetchCursor(
        db,
        sql: """
            SELECT judgement_id, position, transcript FROM judgement_test WHERE transcript <> ''
            """)
    // As they were stored at that time, whatever is done today. They were cut already.
    let insertion = try db.makeStatement(sql: keptTranscript)
    while let row = try said.next() {
        let bytes = Array((row["transcript"] as String).utf8)
        let packed = try Packed.pack(bytes)
        try insertion.execute(arguments: [
            row["judgement_id"], row["position"], bytes.count, bytes.count, packed.count,
            Blob(packed),
        ])
    }
    try db.execute(sql: movedMessages + messageView)
} leastWritten: { db in
    // Into their new table; the rows that they leave are written, too.
    try Int64.fetchOne(db, sql: "SELECT sum(length(checker_message)) FROM judgement_test") ?? 0
}

// Text, because the view shows it to whoever reads with the sqlite3 program. Rows of a kibibyte want a table with
// row ids: in one without, each would take pages of its own.
private let messageTable = """
    CREATE TABLE test_message (
        judgement_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        checker TEXT NOT NULL,
        team TEXT NOT NULL,
        PRIMARY KEY (judgement_id, position),
        FOREIGN KEY (judgement_id, position)
            REFERENCES judgement_test (judgement_id, position) ON DELETE CASCADE
    ) STRICT;
    ALTER TABLE judgement ADD COLUMN pruned_at_ms INTEGER;

    """

private let keptTranscript = """
    INSERT INTO kept_output
    (judgement_id, position, stream, size_bytes, head_bytes, tail_bytes, stored_bytes, packed)
    VALUES (?, ?, 'transcript', ?, ?, 0, ?, ?)
    """

private let movedMessages = """
    INSERT INTO test_message (judgement_id, position, checker, team)
    SELECT judgement_id, position, checker_message, team_message FROM judgement_test
    WHERE checker_message <> '' OR team_message <> '';
    UPDATE judgement_test SET checker_message = '', team_message = '', transcript = ''
    WHERE checker_message <> '' OR team_message <> '' OR transcript <> '';

    """

/// A column of `test_results`; NULL where it was taken away.
private func message(_ column: String) -> String {
    """
    CASE WHEN judgement.pruned_at_ms IS NULL THEN coalesce((
        SELECT \(column) FROM test_message
        WHERE test_message.judgement_id = test.judgement_id
            AND test_message.position = test.position), '')
    END
    """
}

private let messageView = """
    DROP VIEW test_results;
    CREATE VIEW test_results AS
    SELECT judgement.submission_id, judgement.id AS judgement_id, test.name,
        test.test_group, test.verdict, test.score, test.reason_code, test.reason,
        test.cpu_time_us, test.wall_time_us, test.memory_peak_bytes, test.exit_code,
        test.signal, \(message("checker")) AS checker_message,
        \(message("team")) AS team_message
    FROM judgement JOIN judgement_test AS test ON test.judgement_id = judgement.id
    ORDER BY judgement.id, test.position;
    """
