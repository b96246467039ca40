import GRDB

/// Problems, submissions, jobs, judgements, and the views that people read.
///
/// Tables have names in the singular and are ours; views have names in the plural and are public.
/// Instants are milliseconds since 1970 by the database's clock.
let migration0001Queue = Migration(number: 1) { db in
    try db.execute(sql: problemTables + submissionTables + jobTables + judgementTables)
    try db.execute(sql: resultViews + queueView)
}

private let problemTables = """
    CREATE TABLE problem_version (
        version INTEGER PRIMARY KEY AUTOINCREMENT,
        problem TEXT NOT NULL,
        name TEXT NOT NULL,
        directory TEXT NOT NULL,
        digest TEXT NOT NULL,
        time_limit_us INTEGER,
        added_at_ms INTEGER NOT NULL,
        is_installed INTEGER NOT NULL CHECK (is_installed IN (0, 1))
    ) STRICT;
    CREATE UNIQUE INDEX problem_version_installed ON problem_version (problem)
        WHERE is_installed = 1;

    """

private let submissionTables = """
    CREATE TABLE submission (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        problem TEXT NOT NULL,
        problem_version INTEGER NOT NULL REFERENCES problem_version (version),
        language TEXT NOT NULL,
        user TEXT,
        entry_point TEXT,
        submitted_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX submission_by_problem ON submission (problem, id);
    CREATE INDEX submission_by_user ON submission (user, id);
    CREATE INDEX submission_by_problem_version ON submission (problem_version);
    CREATE TABLE submission_file (
        submission_id INTEGER NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (submission_id, position),
        UNIQUE (submission_id, name)
    ) STRICT;

    """

// The queued and the running are few beside the settled: their indexes hold only them, so that a
// claim costs the same after a million judgements.
private let jobTables = """
    CREATE TABLE job (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        submission_id INTEGER NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
        problem_version INTEGER NOT NULL REFERENCES problem_version (version),
        state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'dead', 'cancelled')),
        priority INTEGER NOT NULL CHECK (priority IN (-1, 0, 1)),
        queued_at_ms INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts BETWEEN 0 AND attempt_limit),
        attempt_limit INTEGER NOT NULL CHECK (attempt_limit > 0),
        token TEXT,
        worker TEXT,
        claimed_at_ms INTEGER,
        lease_expires_at_ms INTEGER,
        tests_done INTEGER,
        tests_total INTEGER,
        CHECK ((state = 'running') = (token IS NOT NULL)),
        CHECK ((state = 'running') = (worker IS NOT NULL)),
        CHECK ((state = 'running') = (claimed_at_ms IS NOT NULL)),
        CHECK ((state = 'running') = (lease_expires_at_ms IS NOT NULL))
    ) STRICT;
    CREATE INDEX job_by_submission ON job (submission_id, id);
    CREATE INDEX job_by_problem_version ON job (problem_version);
    CREATE INDEX job_queued ON job (priority DESC, id) WHERE state = 'queued';
    CREATE INDEX job_running ON job (lease_expires_at_ms) WHERE state = 'running';
    CREATE TABLE attempt (
        id INTEGER PRIMARY KEY,
        job_id INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
        attempt INTEGER NOT NULL,
        worker TEXT NOT NULL,
        claimed_at_ms INTEGER NOT NULL,
        ended_at_ms INTEGER NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('judged', 'failed', 'expired', 'given-back')),
        cause TEXT
    ) STRICT;
    CREATE INDEX attempt_by_job ON attempt (job_id);

    """

// One judgement per job: no two attempts at one job can both be seen.
private let judgementTables = """
    CREATE TABLE judgement (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        submission_id INTEGER NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
        job_id INTEGER NOT NULL UNIQUE REFERENCES job (id) ON DELETE CASCADE,
        verdict TEXT NOT NULL,
        score REAL,
        reason_code TEXT,
        reason TEXT,
        cpu_time_us INTEGER,
        wall_time_us INTEGER,
        memory_peak_bytes INTEGER,
        compile_ok INTEGER CHECK (compile_ok IN (0, 1)),
        compile_cpu_time_us INTEGER,
        compile_memory_peak_bytes INTEGER,
        compile_output TEXT,
        judged_at_ms INTEGER NOT NULL,
        worker TEXT NOT NULL,
        attempt INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX judgement_by_submission ON judgement (submission_id, id);
    CREATE TABLE judgement_test (
        judgement_id INTEGER NOT NULL REFERENCES judgement (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        test_group TEXT NOT NULL,
        verdict TEXT NOT NULL,
        score REAL,
        reason_code TEXT,
        reason TEXT,
        cpu_time_us INTEGER NOT NULL,
        wall_time_us INTEGER NOT NULL,
        memory_peak_bytes INTEGER NOT NULL,
        exit_code INTEGER,
        signal INTEGER,
        checker_message TEXT NOT NULL,
        PRIMARY KEY (judgement_id, position)
    ) STRICT, WITHOUT ROWID;

    """

/// Of the views `results` and `judgements`, also in later migrations.
let judgementColumns = """
    submission.id AS submission_id, submission.problem, submission.user, submission.language,
    \(SQLText.iso8601("submission.submitted_at_ms")) AS submitted_at, job.state,
    judgement.verdict, judgement.score, judgement.reason_code, judgement.reason,
    judgement.cpu_time_us, judgement.wall_time_us, judgement.memory_peak_bytes,
    \(SQLText.iso8601("judgement.judged_at_ms")) AS judged_at, judgement.worker,
    judgement.attempt
    """

private let resultViews = """
    CREATE VIEW results AS SELECT \(judgementColumns)
    FROM submission
    JOIN job ON job.id = (SELECT max(id) FROM job WHERE submission_id = submission.id)
    LEFT JOIN judgement
        ON judgement.id = (SELECT max(id) FROM judgement WHERE submission_id = submission.id);
    CREATE VIEW judgements AS SELECT \(judgementColumns), judgement.id AS judgement_id
    FROM judgement
    JOIN job ON job.id = judgement.job_id
    JOIN submission ON submission.id = judgement.submission_id;
    CREATE VIEW test_results AS
    SELECT judgement.submission_id, judgement.id AS judgement_id, test.name, test.test_group,
        test.verdict, test.score, test.reason_code, test.reason, test.cpu_time_us,
        test.wall_time_us, test.memory_peak_bytes, test.exit_code, test.signal,
        test.checker_message
    FROM judgement JOIN judgement_test AS test ON test.judgement_id = judgement.id
    ORDER BY judgement.id, test.position;

    """

private let queueView = """
    CREATE VIEW queue AS
    SELECT job.submission_id, submission.problem, job.state,
        CASE job.priority WHEN 1 THEN 'high' WHEN 0 THEN 'normal' ELSE 'low' END AS priority,
        job.attempts, \(SQLText.iso8601("job.lease_expires_at_ms")) AS lease_expires_at,
        job.worker, (\(SQLText.nowInMilliseconds) - job.queued_at_ms) * 1000 AS age_us
    FROM job JOIN submission ON submission.id = job.submission_id
    WHERE job.state IN ('queued', 'running')
    ORDER BY job.state = 'queued', job.priority DESC, job.id;
    """
