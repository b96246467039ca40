import GRDB

/// Whose turn it is: classes with weights, and within a class one user after the other.
let migration0007Turns = Migration(number: 7) { db in
    try db.execute(sql: turnTables + queueViewWithPositions)
}

// Weights are those of judge.conf as soon as a worker starts. The indexes hold only what waits or
// runs, which is little beside what is settled.
private let turnTables = """
    CREATE TABLE queue_class (
        class INTEGER PRIMARY KEY CHECK (class BETWEEN -2 AND 1),
        weight INTEGER NOT NULL CHECK (weight BETWEEN 1 AND 1000),
        started INTEGER NOT NULL DEFAULT 0,
        finished INTEGER NOT NULL DEFAULT 0,
        turn INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO queue_class (class, weight) VALUES (1, 50), (0, 10), (-1, 2), (-2, 1);
    ALTER TABLE job ADD COLUMN share TEXT NOT NULL DEFAULT '';
    ALTER TABLE job ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
    UPDATE job SET share = ifnull(CAST(rejudging_id AS TEXT), ifnull(
            (SELECT user FROM submission WHERE submission.id = job.submission_id), ''))
        WHERE state IN ('queued', 'running');
    UPDATE job SET turn = numbered.turn FROM (
            SELECT id, 2 * row_number() OVER (PARTITION BY queue_class, share ORDER BY id) AS turn
            FROM job WHERE state = 'queued'
        ) AS numbered WHERE job.id = numbered.id;
    DROP INDEX job_queued;
    CREATE INDEX job_queued ON job (queue_class, turn, attempts, id) WHERE state = 'queued';
    CREATE INDEX job_by_share ON job (queue_class, share, turn)
        WHERE state IN ('queued', 'running');

    """

private let queueViewWithPositions = """
    DROP VIEW queue;
    CREATE VIEW queue AS
    WITH place AS (\(QueueOrder.places))
    SELECT job.submission_id, submission.problem, job.state,
        CASE job.priority WHEN 1 THEN 'high' WHEN 0 THEN 'normal' ELSE 'low' END AS priority,
        job.attempts, \(SQLText.iso8601("job.lease_expires_at_ms")) AS lease_expires_at,
        job.worker, (\(SQLText.nowInMilliseconds) - job.queued_at_ms) * 1000 AS age_us,
        rejudging.name AS rejudging, place.position, submission.user
    FROM job
    JOIN submission ON submission.id = job.submission_id
    LEFT JOIN rejudging ON rejudging.id = job.rejudging_id
    LEFT JOIN place ON place.job_id = job.id
    WHERE job.state IN ('queued', 'running')
    ORDER BY job.state = 'queued', place.position, job.id;
    """
