import GRDB

/// What workers found of their machines before they judged, tied to the judgements made under it.
let migration0002HostChecks = Migration(number: 2) { db in
    try db.execute(sql: hostCheckTable + hostCheckViews)
}

// A job has the check of the worker that holds its lease; a judgement that of the worker that made
// it, and those of former versions none.
private let hostCheckTable = """
    CREATE TABLE host_check (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        worker TEXT NOT NULL,
        checked_at_ms INTEGER NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('held', 'failed')),
        document TEXT NOT NULL
    ) STRICT;
    ALTER TABLE job ADD COLUMN host_check_id INTEGER REFERENCES host_check (id);
    ALTER TABLE judgement ADD COLUMN host_check_id INTEGER REFERENCES host_check (id);

    """

private let hostCheckViews = """
    CREATE VIEW worker_checks AS
    SELECT id AS host_check_id, worker, \(SQLText.iso8601("checked_at_ms")) AS checked_at, outcome,
        document
    FROM host_check ORDER BY id;
    DROP VIEW judgements;
    CREATE VIEW judgements AS
    SELECT \(judgementColumns), judgement.id AS judgement_id, judgement.host_check_id
    FROM judgement
    JOIN job ON job.id = judgement.job_id
    JOIN submission ON submission.id = judgement.submission_id;
    """
