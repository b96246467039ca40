import GRDB

/// Sets of submissions that are judged again, and which judgements count.
let migration0006Rejudging = Migration(number: 6) { db in
    try db.execute(sql: rejudgingTables)
    try db.execute(sql: viewsOfWhatCounts + rejudgingViews + queueViewWithRejudgings)
}

// A job of a rejudging counts from its beginning when the set is applied, and not while it is held or
// once it is undone. What counts of a submission: the state of its newest job that counts, and the
// newest judgement of one. A job that is judged again is below every priority.
private let rejudgingTables = """
    CREATE TABLE rejudging (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        selection TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('held', 'applied', 'undone')),
        created_at_ms INTEGER NOT NULL
    ) STRICT;
    ALTER TABLE job ADD COLUMN rejudging_id INTEGER REFERENCES rejudging (id);
    ALTER TABLE job ADD COLUMN judgement_before_id INTEGER REFERENCES judgement (id);
    ALTER TABLE job ADD COLUMN counts INTEGER NOT NULL DEFAULT 1 CHECK (counts IN (0, 1));
    ALTER TABLE job ADD COLUMN queue_class INTEGER NOT NULL
        GENERATED ALWAYS AS (CASE WHEN rejudging_id IS NULL THEN priority ELSE -2 END) VIRTUAL;
    CREATE INDEX job_by_rejudging ON job (rejudging_id, id) WHERE rejudging_id IS NOT NULL;
    CREATE INDEX job_by_judgement_before ON job (judgement_before_id)
        WHERE judgement_before_id IS NOT NULL;
    DROP INDEX job_queued;
    CREATE INDEX job_queued ON job (queue_class DESC, id) WHERE state = 'queued';

    """

private let viewsOfWhatCounts = """
    DROP VIEW results;
    CREATE VIEW results AS SELECT \(judgementColumns5)
    FROM submission
    JOIN job ON job.id = \(SQLText.countingJob)
    LEFT JOIN judgement ON judgement.id = \(SQLText.countingJudgement);
    DROP VIEW judgements;
    CREATE VIEW judgements AS
    SELECT \(judgementColumns5), judgement.id AS judgement_id, judgement.host_check_id, job.counts,
        rejudging.name AS rejudging, job.problem_version
    FROM judgement
    JOIN job ON job.id = judgement.job_id
    JOIN submission ON submission.id = judgement.submission_id
    LEFT JOIN rejudging ON rejudging.id = job.rejudging_id;

    """

private let rejudgingViews = """
    CREATE VIEW rejudged_submissions AS
    SELECT rejudging.name AS rejudging, job.submission_id, submission.problem, submission.user,
        submission.language, job.state, job.counts,
        before.verdict AS verdict_before, before.score AS score_before,
        after.verdict AS verdict_after, after.score AS score_after,
        job_before.problem_version AS problem_version_before, job.problem_version
    FROM job
    JOIN rejudging ON rejudging.id = job.rejudging_id
    JOIN submission ON submission.id = job.submission_id
    LEFT JOIN judgement AS before ON before.id = job.judgement_before_id
    LEFT JOIN job AS job_before ON job_before.id = before.job_id
    LEFT JOIN judgement AS after ON after.job_id = job.id
    ORDER BY rejudging.id, job.id;
    CREATE VIEW rejudgings AS
    SELECT rejudging.name, rejudging.selection, rejudging.state,
        \(SQLText.iso8601("rejudging.created_at_ms")) AS created_at,
        count(job.id) AS submissions,
        count(job.id) FILTER (WHERE job.state IN ('queued', 'running')) AS waiting,
        count(job.id) FILTER (WHERE job.state = 'done') AS judged,
        count(job.id) FILTER (WHERE job.state = 'dead') AS failed,
        count(job.id) FILTER (WHERE job.state = 'cancelled') AS cancelled,
        count(job.id) FILTER (WHERE job.state = 'done' AND (before.verdict IS NOT after.verdict
            OR before.score IS NOT after.score)) AS changed
    FROM rejudging
    LEFT JOIN job ON job.rejudging_id = rejudging.id
    LEFT JOIN judgement AS before ON before.id = job.judgement_before_id
    LEFT JOIN judgement AS after ON after.job_id = job.id
    GROUP BY rejudging.id, rejudging.name ORDER BY rejudging.id;

    """

private let queueViewWithRejudgings = """
    DROP VIEW queue;
    CREATE VIEW queue AS
    SELECT job.submission_id, submission.problem, job.state,
        CASE job.priority WHEN 1 THEN 'high' WHEN 0 THEN 'normal' ELSE 'low' END AS priority,
        job.attempts, \(SQLText.iso8601("job.lease_expires_at_ms")) AS lease_expires_at,
        job.worker, (\(SQLText.nowInMilliseconds) - job.queued_at_ms) * 1000 AS age_us,
        rejudging.name AS rejudging
    FROM job
    JOIN submission ON submission.id = job.submission_id
    LEFT JOIN rejudging ON rejudging.id = job.rejudging_id
    WHERE job.state IN ('queued', 'running')
    ORDER BY job.state = 'queued', job.queue_class DESC, job.id;
    """
