import GRDB

/// Judgings that were made again to see whether they come to the same, and workers that are held back
/// because one did not.
let migration0012Repetitions = Migration(number: 12) { db in
    try db.execute(sql: repetitionTables + repetitionViews)
}

// A repetition is beside the judgement and never in its place.
private let repetitionTables = """
    CREATE TABLE repetition (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job_id INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
        worker TEXT NOT NULL,
        slot INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        difference TEXT,
        repeated_at_ms INTEGER NOT NULL,
        condition_id INTEGER REFERENCES judging_condition (id)
    ) STRICT;
    CREATE INDEX repetition_by_job ON repetition (job_id);
    CREATE TABLE worker_hold (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        worker TEXT NOT NULL,
        repetition_id INTEGER NOT NULL REFERENCES repetition (id) ON DELETE CASCADE,
        held_at_ms INTEGER NOT NULL,
        released_at_ms INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX worker_hold_open ON worker_hold (worker) WHERE released_at_ms IS NULL;

    """

private let repetitionViews = """
    CREATE VIEW repetitions AS
    SELECT judgement.submission_id, judgement.id AS judgement_id, judgement.verdict,
        judgement.worker, repetition.verdict AS repeated_verdict,
        repetition.worker AS repeated_by, repetition.slot AS repeated_in_slot,
        \(SQLText.iso8601("repetition.repeated_at_ms")) AS repeated_at,
        repetition.difference, judging_condition.document AS repeated_under
    FROM repetition
    JOIN judgement ON judgement.job_id = repetition.job_id
    LEFT JOIN judging_condition ON judging_condition.id = repetition.condition_id
    ORDER BY repetition.id;
    CREATE VIEW held_workers AS
    SELECT worker_hold.worker, \(SQLText.iso8601("held_at_ms")) AS held_at,
        \(SQLText.iso8601("released_at_ms")) AS released_at, job.submission_id,
        repetition.difference
    FROM worker_hold
    JOIN repetition ON repetition.id = worker_hold.repetition_id
    JOIN job ON job.id = repetition.job_id
    ORDER BY worker_hold.id;
    """
