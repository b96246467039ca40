/// The tables and views of the first version, as its judge made them, with one submission judged, one
/// running and one waiting.
let databaseOfVersion1 = """
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
    CREATE TABLE job (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        submission_id INTEGER NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
        problem_version INTEGER NOT NULL REFERENCES problem_version (version),
        state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'dead',
        'cancelled')),
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
        outcome TEXT NOT NULL CHECK (outcome IN ('judged', 'failed', 'expired',
        'given-back')),
        cause TEXT
    ) STRICT;
    CREATE INDEX attempt_by_job ON attempt (job_id);
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
    CREATE VIEW results AS SELECT submission.id AS submission_id, submission.problem,
        submission.user, submission.language,
    strftime('%Y-%m-%dT%H:%M:%fZ', submission.submitted_at_ms / 1000.0,
        'unixepoch') AS submitted_at, job.state,
    judgement.verdict, judgement.score, judgement.reason_code, judgement.reason,
    judgement.cpu_time_us, judgement.wall_time_us, judgement.memory_peak_bytes,
    strftime('%Y-%m-%dT%H:%M:%fZ', judgement.judged_at_ms / 1000.0,
        'unixepoch') AS judged_at, judgement.worker,
    judgement.attempt
    FROM submission
    JOIN job ON job.id = (SELECT max(id) FROM job WHERE submission_id = submission.id)
    LEFT JOIN judgement
        ON judgement.id = (SELECT max(id) FROM judgement WHERE submission_id = submission.id);
    CREATE VIEW judgements AS SELECT submission.id AS submission_id, submission.problem,
        submission.user, submission.language,
    strftime('%Y-%m-%dT%H:%M:%fZ', submission.submitted_at_ms / 1000.0,
        'unixepoch') AS submitted_at, job.state,
    judgement.verdict, judgement.score, judgement.reason_code, judgement.reason,
    judgement.cpu_time_us, judgement.wall_time_us, judgement.memory_peak_bytes,
    strftime('%Y-%m-%dT%H:%M:%fZ', judgement.judged_at_ms / 1000.0,
        'unixepoch') AS judged_at, judgement.worker,
    judgement.attempt, judgement.id AS judgement_id
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
    CREATE VIEW queue AS
    SELECT job.submission_id, submission.problem, job.state,
        CASE job.priority WHEN 1 THEN 'high' WHEN 0 THEN 'normal' ELSE 'low' END AS priority,
        job.attempts, strftime('%Y-%m-%dT%H:%M:%fZ', job.lease_expires_at_ms / 1000.0,
        'unixepoch') AS lease_expires_at,
        job.worker,
        (CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) -
        job.queued_at_ms) * 1000 AS age_us
    FROM job JOIN submission ON submission.id = job.submission_id
    WHERE job.state IN ('queued', 'running')
    ORDER BY job.state = 'queued', job.priority DESC, job.id;
    PRAGMA user_version = 1;
    INSERT INTO problem_version VALUES (1, 'aplusb', 'A plus B', '/srv/aplusb', 'd1', 1000000, 1, 1);
    INSERT INTO submission VALUES (1, 'aplusb', 1, 'cpp17', 'ada', NULL, 1795600000000);
    INSERT INTO submission VALUES (2, 'aplusb', 1, 'cpp17', NULL, NULL, 1795600000001);
    INSERT INTO submission VALUES (3, 'aplusb', 1, 'cpp17', NULL, NULL, 1795600000002);
    INSERT INTO submission_file VALUES (1, 0, 'a.cpp', x'61');
    INSERT INTO submission_file VALUES (2, 0, 'b.cpp', x'62');
    INSERT INTO submission_file VALUES (3, 0, 'c.cpp', x'63');
    INSERT INTO job VALUES (1, 1, 1, 'done', 0, 1, 1, 3, NULL, NULL, NULL, NULL, NULL, NULL);
    INSERT INTO job VALUES (2, 2, 1, 'running', 0, 2, 1, 3, 'token', 'old', 3, 9999999999999, 1, 2);
    INSERT INTO job VALUES (3, 3, 1, 'queued', 0, 3, 0, 3, NULL, NULL, NULL, NULL, NULL, NULL);
    INSERT INTO attempt VALUES (1, 1, 1, 'old', 2, 3, 'judged', NULL);
    INSERT INTO judgement VALUES (1, 1, 1, 'AC', NULL, NULL, NULL, 812, 1400, 524288, 1, 9, 9, '',
        1795600000007, 'old', 1);
    INSERT INTO judgement_test VALUES (1, 0, 'sample/1', 'sample', 'AC', NULL, NULL, NULL, 812, 1400,
        524288, 0, NULL, 'ok');
    """
