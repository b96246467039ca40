import GRDB

/// Attempts that end by being cancelled, and judgements that no worker made.
let migration0005Cancelling = Migration(number: 5) { db in
    try db.execute(sql: attemptTable + viewsWithoutWorker)
}

// SQLite changes no condition of a table that is there; nothing refers to this one.
private let attemptTable = """
    ALTER TABLE attempt RENAME TO attempt_before;
    CREATE TABLE attempt (
        id INTEGER PRIMARY KEY,
        job_id INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
        attempt INTEGER NOT NULL,
        worker TEXT NOT NULL,
        claimed_at_ms INTEGER NOT NULL,
        ended_at_ms INTEGER NOT NULL,
        outcome TEXT NOT NULL
            CHECK (outcome IN ('judged', 'failed', 'expired', 'given-back', 'cancelled')),
        cause TEXT
    ) STRICT;
    INSERT INTO attempt SELECT * FROM attempt_before;
    DROP TABLE attempt_before;
    CREATE INDEX attempt_by_job ON attempt (job_id);

    """

/// As `judgementColumns`; a submission that was cancelled while it waited has neither worker nor, if
/// none was made, attempt.
let judgementColumns5 = """
    submission.id AS submission_id, submission.problem, submission.user, submission.language,
    \(SQLText.iso8601("submission.submitted_at_ms")) AS submitted_at, job.state,
    judgement.verdict, judgement.score, judgement.reason_code, judgement.reason,
    judgement.cpu_time_us, judgement.wall_time_us, judgement.memory_peak_bytes,
    \(SQLText.iso8601("judgement.judged_at_ms")) AS judged_at,
    nullif(judgement.worker, '') AS worker, nullif(judgement.attempt, 0) AS attempt
    """

private let viewsWithoutWorker = """
    DROP VIEW results;
    CREATE VIEW results AS SELECT \(judgementColumns5)
    FROM submission
    JOIN job ON job.id = (SELECT max(id) FROM job WHERE submission_id = submission.id)
    LEFT JOIN judgement
        ON judgement.id = (SELECT max(id) FROM judgement WHERE submission_id = submission.id);
    DROP VIEW judgements;
    CREATE VIEW judgements AS
    SELECT \(judgementColumns5), judgement.id AS judgement_id, judgement.host_check_id
    FROM judgement
    JOIN job ON job.id = judgement.job_id
    JOIN submission ON submission.id = judgement.submission_id;
    """
