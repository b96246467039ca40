import GRDB

/// What is kept of outputs and of compiler messages, apart from the rows that views scan.
let migration0008KeptOutputs = Migration(number: 8) { db in
    try db.execute(sql: keptOutputTable)
}

// The bytes come last, so that a scan of the other columns never reads them; the compiler's messages
// have the place -1. Judgements of former versions have theirs in their own row.
private let keptOutputTable = """
    CREATE TABLE kept_output (
        id INTEGER PRIMARY KEY,
        judgement_id INTEGER NOT NULL REFERENCES judgement (id) ON DELETE CASCADE,
        position INTEGER NOT NULL CHECK (position >= -1),
        stream TEXT NOT NULL,
        size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
        head_bytes INTEGER NOT NULL CHECK (head_bytes >= 0),
        tail_bytes INTEGER NOT NULL CHECK (tail_bytes >= 0),
        stored_bytes INTEGER NOT NULL CHECK (stored_bytes >= 0),
        packed BLOB NOT NULL,
        UNIQUE (judgement_id, position, stream)
    ) STRICT;
    CREATE VIEW kept_outputs AS
    SELECT judgement.submission_id, kept.judgement_id, test.name, kept.stream, kept.size_bytes,
        kept.head_bytes + kept.tail_bytes AS kept_bytes, kept.stored_bytes
    FROM kept_output AS kept
    JOIN judgement ON judgement.id = kept.judgement_id
    LEFT JOIN judgement_test AS test
        ON test.judgement_id = kept.judgement_id AND test.position = kept.position
    ORDER BY kept.judgement_id, kept.position, kept.stream;
    """
